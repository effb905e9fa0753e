"""One person's own work with ideas, in every municipality at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import CharField, QuerySet, Value
from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.discussion.queries import followed_ids
from grobunn.ideas.models import CoWriter, Idea
from grobunn.ideas.queries.ideas import held_by, visible_to
from grobunn.ideas.states import AWAITING_ANSWER, OPEN, IdeaState
from grobunn.kernel import paging

SHOWN = 10
PAGE_SIZE = 25
_NEWEST = ("-submitted_at", "-id")


@dataclass(frozen=True)
class Work:
    """What concerns one person, each list at most SHOWN long.

    Takes: owed, most urgent first; waited_for, questions to the writer first; written, what the person wrote or joined
           and does not wait for, and followed: newest first.
    """

    owed: list[Idea]
    waited_for: list[Idea]
    written: list[Idea]
    followed: list[Idea]


def work_of(user: User) -> Work:
    """What somebody owes, waits for, wrote and follows; one SQL beside the one for the roles."""
    with scopes_disabled():
        parts = (
            _part(owed_by(user).order_by("answer_due_on", "id"), "owed"),
            _part(_waited_for_by(user).order_by("answer_due_on", "id"), "waited_for"),
            _part(written_by(user).exclude(writer_id=user.pk, state__in=OPEN).order_by(*_NEWEST), "written"),
            _part(followed_by(user).order_by(*_NEWEST), "followed"),
        )
        rows = list(parts[0].union(*parts[1:], all=True))
    return Work(
        owed=_by_date(_in_part(rows, "owed")),
        waited_for=sorted(_by_date(_in_part(rows, "waited_for")), key=lambda idea: idea.state != IdeaState.ASKED),
        written=_newest(_in_part(rows, "written")),
        followed=_newest(_in_part(rows, "followed")),
    )


def _in_part(rows: list[Idea], name: str) -> list[Idea]:
    return [row for row in rows if vars(row)["part"] == name]


def _part(ideas: QuerySet[Idea], name: str) -> QuerySet[Idea]:
    told = ideas.select_related("municipality", "holder_unit", "unit").defer("receipt", "writer_email")
    return told.annotate(part=Value(name, output_field=CharField()))[:SHOWN]


def _by_date(ideas: Iterable[Idea]) -> list[Idea]:
    return sorted(ideas, key=lambda idea: (str(idea.answer_due_on), idea.pk))


def _newest(ideas: Iterable[Idea]) -> list[Idea]:
    return sorted(ideas, key=lambda idea: (idea.submitted_at, idea.pk), reverse=True)


def owed_by(user: User) -> QuerySet[Idea]:
    """What somebody owes an answer."""
    with scopes_disabled():
        return Idea.objects.filter(held_by(user), state__in=AWAITING_ANSWER)


def _waited_for_by(user: User) -> QuerySet[Idea]:
    """What somebody wrote and has no answer to yet."""
    with scopes_disabled():
        return Idea.objects.filter(writer_id=user.pk, state__in=OPEN)


def written_by(user: User) -> QuerySet[Idea]:
    """What somebody wrote or joined."""
    with scopes_disabled():
        written = Idea.objects.filter(writer_id=user.pk).values("pk")
        joined = CoWriter.objects.filter(user_id=user.pk).values("idea_id")
        # Asked for with "or", the database would look at every idea there is.
        return Idea.objects.filter(pk__in=written.union(joined))


def followed_by(user: User) -> QuerySet[Idea]:
    """What somebody follows and may still read."""
    with scopes_disabled():
        return Idea.objects.filter(visible_to(user), pk__in=followed_ids("idea", user))


def written_page(user: User, cursor: str | None) -> paging.Page[Idea]:
    """One page of what somebody wrote or joined, newest first. Raises: paging.BadCursor."""
    return _page(written_by(user), cursor)


def followed_page(user: User, cursor: str | None) -> paging.Page[Idea]:
    """One page of what somebody follows, newest first. Raises: paging.BadCursor."""
    return _page(followed_by(user), cursor)


def _page(ideas: QuerySet[Idea], cursor: str | None) -> paging.Page[Idea]:
    rows = ideas.select_related("municipality", "unit").defer("receipt", "writer_email")
    return paging.page(rows, order=_NEWEST, size=PAGE_SIZE, cursor=cursor)
