"""Who is told what about the writing of a case: the kinds of notice, their receivers, their keys."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.cases.models import Case, CoAuthor, Draft
from grobunn.kernel.models import StateChange
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify
from grobunn.organisations.models import Role
from grobunn.organisations.queries import holder_of, is_member

Receiver = User | ContactPoint

# What each is called, and when it comes; its texts stand in `templates/cases/notices/` under its name.
_TABLE = (
    ("to_review", _("A case to review"), _("When somebody asks you, as the editor, to look at a case.")),
    ("returned", _("A case came back"), _("When the editor wants something changed in a case that you write.")),
    ("published", _("A case is published"), _("When a case that you write, or a new edition of it, is published.")),
    ("asked_to_be_named", _("May you be named?"), _("When somebody wants to name you as the contact of a case.")),
    (
        "name_ended",
        _("A contact is no longer named"),
        _("When the person whom your case names has left or the time is over."),
    ),
    ("review_due", _("Is the case still correct?"), _("When nobody has looked at a case of yours for a year.")),
    (
        "debt",
        _("An idea that ended without a case"),
        _("When something that you held has ended, once a month at most."),
    ),
)

KINDS = tuple(
    Kind(name=f"cases.{name}", label=label, description=when, template=f"cases/notices/{name}")
    for name, label, when in _TABLE
)


def tell_editor(case: Case, kind: str, *, about: UUID) -> None:
    """Tell the innovation adviser of the keeper; with none, its shared mailbox."""
    holder = holder_of(Role.INNOVATION_ADVISER, None, municipality=case.municipality)
    if holder.user is not None:
        tell(case, kind, holder.user, about=about)
    elif case.municipality.mailbox:
        tell(case, kind, _mailbox(case), about=about)


def tell_writers(case: Case, kind: str, *, change: StateChange) -> None:
    """Tell the owner and the co-authors, but not whoever did it."""
    for user in writers_of(case):
        if user.pk != change.actor_id:
            tell(case, kind, user, about=change.pk, words=change.reason)


def tell_owner(case: Case, kind: str, *, about: UUID) -> None:
    """Tell the owner while they work there; then the editor, whose case it is to find a new one."""
    if case.owner is not None and case.owner.is_active and is_member(case.owner, case.municipality_id):
        tell(case, kind, case.owner, about=about)
    else:
        tell_editor(case, kind, about=about)


def writers_of(case: Case) -> list[User]:
    """Owner and co-authors, each once."""
    rows = CoAuthor.objects.filter(case=case).select_related("user")
    people = {row.user_id: row.user for row in rows}
    if case.owner is not None:
        people[case.owner.pk] = case.owner
    return list(people.values())


def tell(case: Case, kind: str, receiver: Receiver, *, about: UUID, words: str = "", page: str = "write") -> None:
    """Tell one receiver. Takes: about, what makes the notice unique; page, the page of writing that it leads to."""
    who = f"user:{receiver.pk}" if isinstance(receiver, User) else "mailbox"
    notify(
        f"cases.{kind}",
        to=receiver,
        municipality_id=case.municipality_id,
        thread_key=thread_key(case),
        data=facts_of(case, words=words),
        url=reverse(f"cases:{page}", kwargs={"municipality": case.municipality.slug, "slug": case.slug}),
        key=f"cases:{kind}:{about}:{who}",
    )


def thread_key(case: Case) -> str:
    """What keeps a case's notices together."""
    return f"case:{case.pk}"


def facts_of(case: Case, *, words: str) -> dict[str, Any]:
    """What the texts of a notice are made of."""
    return {
        "title": case.title or title_of_draft(case),
        "municipality": case.municipality.name,
        "words": words,
        "review_due_on": case.review_due_on.isoformat() if case.review_due_on else None,
    }


def title_of_draft(case: Case) -> str:
    """What a case is called while only its writers see it."""
    title: str = Draft.objects.values_list("title", flat=True).get(case=case)
    return title


def _mailbox(case: Case) -> ContactPoint:
    return ContactPoint(email=case.municipality.mailbox, language=case.municipality.language)
