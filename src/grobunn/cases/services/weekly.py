"""The week in one notice: new cases near one's own ideas, and what has happened to what one follows."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.models import Adoption, Case, Edition
from grobunn.cases.queries.following import followers_of_topics_of
from grobunn.cases.states import CaseState
from grobunn.discussion.queries import followers_of
from grobunn.ideas.models import Idea
from grobunn.ideas.states import OPEN, IdeaState
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.notifications.services.notify import notify
from grobunn.notifications.words import absolute_url
from grobunn.organisations.queries import home_of, municipalities_in_use
from grobunn.search.queries import near

KIND = "cases.weekly"
_OSLO = ZoneInfo("Europe/Oslo")
# Open ideas, and parked ones: somebody else may have solved them meanwhile.
_UNSOLVED = frozenset({*OPEN, IdeaState.PARKED})
# Of one new case, one line: that it is near an idea comes first.
_OF_NEW = ("idea", "followed")
# So many lines are read; the rest stands in the library.
_MOST_LINES = 20


@dataclass(frozen=True)
class Line:
    """One piece of news. Takes: why, "idea" (with the idea's heading), "followed", "edition" or "in_use" (by whom)."""

    why: str
    title: str
    municipality: str
    url: str
    about: str = ""


def tell_weekly() -> int:
    """Tell everybody once what last week, from Monday to Sunday, brought them.

    Returns: how many were told. Run again in the same week, everybody has been told already.
    """
    monday = clock.today() - timedelta(days=clock.today().weekday())
    first, last = _midnight(monday - timedelta(days=7)), _midnight(monday)
    news: dict[UUID, list[Line]] = {}
    with scopes_disabled():
        for case in _cases_published(first, last):
            _gather(news, _told_of_new(case))
        _gather(news, _told_of_editions(first, last))
        _gather(news, _told_of_adoptions(first, last))
        people = User.objects.filter(pk__in=news, is_active=True).order_by("id")
        return sum(_tell(user, news[user.pk], week=monday) for user in people)


def _midnight(on: date) -> datetime:
    return datetime.combine(on, time(0), tzinfo=_OSLO)


def _gather(news: dict[UUID, list[Line]], told: Iterable[tuple[UUID, Line]]) -> None:
    """Add lines to what each is told; what is near an idea comes before what is followed, and each case once."""
    for user_id, line in told:
        lines = news.setdefault(user_id, [])
        is_told = line.why in _OF_NEW and any(each.url == line.url and each.why in _OF_NEW for each in lines)
        if not is_told and line not in lines:
            lines.append(line)


def _cases_published(first: datetime, last: datetime) -> list[Case]:
    new = Case.objects.filter(state=CaseState.PUBLISHED, published_at__gte=first, published_at__lt=last)
    return list(new.select_related("municipality").order_by("published_at", "id"))


def _told_of_new(case: Case) -> Iterable[tuple[UUID, Line]]:
    for idea in _ideas_near(case):
        line = _line("idea", case, about=idea.heading)
        # Whoever holds a parked idea may take it out again.
        parked_with = [idea.holder_id] if idea.state == IdeaState.PARKED else []
        for user_id in [idea.writer_id, *parked_with]:
            if user_id is not None:
                yield user_id, line
    for user_id in sorted(followers_of_topics_of(case)):
        yield user_id, _line("followed", case)


def _ideas_near(case: Case) -> Iterable[Idea]:
    """Ideas of other municipalities that are not solved, and that a case is close to."""
    places = [each["id"] for each in municipalities_in_use() if each["id"] != case.municipality_id]
    ids = near(f"{case.title}. {case.lead} {case.need}", kind="idea", municipality_ids=places)
    found = Idea.objects.filter(pk__in=ids, state__in=_UNSOLVED).exclude(municipality_id=case.municipality_id)
    return found.order_by("id")


def _told_of_editions(first: datetime, last: datetime) -> Iterable[tuple[UUID, Line]]:
    new = Edition.objects.filter(
        number__gt=1, published_at__gte=first, published_at__lt=last, case__state=CaseState.PUBLISHED
    )
    for edition in new.select_related("case__municipality").order_by("published_at", "id"):
        for user in followers_of("case", edition.case_id):
            yield user.pk, _line("edition", edition.case)


def _told_of_adoptions(first: datetime, last: datetime) -> Iterable[tuple[UUID, Line]]:
    moved = StateChange.objects.filter(machine="adoptions", edge="take_into_use", at__gte=first, at__lt=last)
    adoptions = Adoption.objects.filter(pk__in=moved.values("subject_id"), case__state=CaseState.PUBLISHED)
    for adoption in adoptions.select_related("case__municipality", "adopter").order_by("in_use_on", "id"):
        for user in followers_of("case", adoption.case_id):
            yield user.pk, _line("in_use", adoption.case, about=adoption.adopter.name)


def _line(why: str, case: Case, *, about: str = "") -> Line:
    url = absolute_url(reverse("cases:case", kwargs={"slug": case.slug}))
    return Line(why=why, title=case.title, municipality=case.municipality.name, url=url, about=about)


def _tell(user: User, lines: list[Line], *, week: date) -> bool:
    home = home_of(user)
    if home is None:
        return False
    told = [asdict(line) for line in lines[:_MOST_LINES]]
    following = reverse("cases:following")
    data: dict[str, Any] = {"lines": told, "first": told[0], "following": absolute_url(following)}
    year, number, _day = week.isocalendar()
    notify(
        KIND,
        to=user,
        municipality_id=home.pk,
        thread_key="cases:weekly",
        data=data,
        url=lines[0].url if len(lines) == 1 else following,
        key=f"{KIND}:{year}-{number:02}:{user.pk}",
    )
    return True
