"""Reminds: of a gathering a week and a day before, of an invitation that waits for an answer."""

from datetime import timedelta

from django.db.models import Min
from django_scopes import scope, scopes_disabled

from grobunn.kernel import clock
from grobunn.programmes.addresses import gathering_page
from grobunn.programmes.models import Day, Enrolment, Gathering
from grobunn.programmes.notices import tell
from grobunn.programmes.queries.gatherings import Whole, whole
from grobunn.programmes.states import TAKES_IN, EnrolmentState

WEEK, DAY = timedelta(days=7), timedelta(days=1)
# An answer that is due is asked for so long before.
ANSWER_DAYS = 3


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
    facts = {
        "title": gathering.title,
        "when": when,
        "days": [day.on.isoformat() for day in its.days],
        "starts": first.starts.strftime("%H.%M"),
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
