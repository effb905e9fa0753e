"""Reminds: of a gathering before it, of an invitation that waits for an answer, of saying what one thought."""

from datetime import timedelta
from typing import Any

from django.db.models import Max, Min
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock
from grobunn.programmes.addresses import evaluation_page, gathering_page
from grobunn.programmes.answering import evaluation_link
from grobunn.programmes.models import Day, Enrolment, Evaluation, Gathering
from grobunn.programmes.notices import tell
from grobunn.programmes.queries.evaluations import OPEN_DAYS, asked_of
from grobunn.programmes.queries.gatherings import Whole, whole
from grobunn.programmes.states import TAKES_IN, EnrolmentState

WEEK, DAY = timedelta(days=7), timedelta(days=1)
# An answer that is due is asked for so long before.
ANSWER_DAYS = 3
# So long after a gathering its list is there, and it is still fresh.
EVALUATE_DAYS = 3


def remind_of_gatherings() -> None:
    """Tell those who have a place of what begins in a week, and tomorrow. Each is told once. Effects: notices."""
    today = clock.today()
    with scopes_disabled():
        begins = Day.objects.values("gathering").annotate(first=Min("on")).filter(first__in=[today + WEEK, today + DAY])
        rows = Gathering.objects.filter(
            pk__in=begins.values("gathering"), cancelled_at=None, cohort__state__in=TAKES_IN
        ).select_related("cohort__programme__municipality")
        found = whole(rows)
    for each in found:
        with scope(municipality=each.gathering.municipality_id):
            _remind(each, when="tomorrow" if each.first_on == today + DAY else "week")


def _remind(its: Whole, *, when: str) -> None:
    gathering, first = its.gathering, its.days[0]
    facts: dict[str, Any] = {
        "title": gathering.title,
        "when": when,
        "days": [day.on.isoformat() for day in its.days],
        "starts": f"{first.starts:%H:%M}",
        "place": gathering.place,
        "video_url": gathering.video_url,
    }
    rows = Enrolment.objects.filter(cohort_id=gathering.cohort_id, state=EnrolmentState.ENROLLED)
    for enrolment in rows.select_related("user"):
        enrolment.cohort = gathering.cohort
        about = f"{gathering.pk}:{when}:{first.on.isoformat()}"
        tell("soon", enrolment, about=about, url=gathering_page(gathering), **facts)


def remind_of_answers() -> None:
    """Ask those who have not answered once more, some days before the answer is due. Effects: rows, notices."""
    due = clock.today() + timedelta(days=ANSWER_DAYS)
    with scopes_disabled():
        rows = Enrolment.objects.filter(
            state=EnrolmentState.INVITED, cohort__answer_by=due, cohort__state__in=TAKES_IN, reminded_at=None
        ).select_related("cohort__programme__municipality", "user")
        for enrolment in rows:
            tell("invited", enrolment, about="reminder", answer_by=due.isoformat(), is_reminder=True)
            Enrolment.objects.filter(pk=enrolment.pk).update(reminded_at=clock.now())


def remind_of_evaluations() -> None:
    """Ask those who were at a gathering, and have not answered, what they thought of it. Each is asked once.

    Effects: rows, notices.
    """
    first, last = (clock.today() - timedelta(days=days) for days in (OPEN_DAYS, EVALUATE_DAYS))
    with scopes_disabled():
        ended = Day.objects.values("gathering").annotate(last=Max("on")).filter(last__range=(first, last))
        asked = Evaluation.objects.filter(reminded_at__isnull=False)
        rows = Gathering.objects.filter(pk__in=ended.values("gathering"), cancelled_at=None)
        found = list(rows.exclude(pk__in=asked.values("gathering")))
    for gathering in found:
        with scope(municipality=gathering.municipality_id):
            _ask_about(gathering)


def _ask_about(gathering: Gathering) -> None:
    made, _is_new = Evaluation.objects.get_or_create(
        gathering=gathering, defaults={"municipality_id": gathering.municipality_id}
    )
    if not Evaluation.objects.filter(pk=made.pk, reminded_at=None).update(reminded_at=clock.now()):
        return
    for enrolment in asked_of(gathering):
        tell(
            "evaluation",
            enrolment,
            about=gathering.pk,
            url=evaluation_page(enrolment, gathering),
            link=evaluation_link(enrolment, gathering),
            title=gathering.title,
        )
