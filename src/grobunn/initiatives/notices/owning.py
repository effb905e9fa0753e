"""What owners, leaders above and helpers hear of the life of an initiative: kinds of notice, receivers, keys."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.initiatives.addresses import initiative_page
from grobunn.initiatives.models import Initiative
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify

# What each is called, and when it comes; its texts stand in `templates/initiatives/notices/` under its name.
_TABLE = (
    ("owner_asked", _("Will you own an initiative?"), _("When an initiative comes to you from somebody else.")),
    ("owner_gone", _("Somebody else owns it now"), _("When an initiative that you owned has another owner.")),
    (
        "owner_silent",
        _("An initiative whose owner does not answer"),
        _("When somebody whom you lead was asked to own an initiative and has not answered."),
    ),
    ("decided", _("A gate is decided"), _("When it is decided whether an initiative that you own or help goes on.")),
    ("moved", _("An initiative was planned anew"), _("When one that you own or help is put on hold, or goes on.")),
    ("comes_back", _("Does it go on?"), _("On the day that an initiative of yours was put on hold until.")),
    ("ended", _("An initiative has come to its end"), _("When one that you own or help is in operation or finished.")),
)
# Nobody owns something without knowing it.
_MANDATORY = frozenset({"owner_asked"})

KINDS = tuple(
    Kind(
        name=f"initiatives.{name}",
        label=label,
        description=when,
        template=f"initiatives/notices/{name}",
        is_mandatory=name in _MANDATORY,
        stop_label=pgettext_lazy("stop mails", "about this initiative"),
    )
    for name, label, when in _TABLE
)


def tell(kind: str, receiver: User | None, initiative: Initiative, *, about: Any, url: str = "", **facts: Any) -> None:
    """Tell somebody who can be told. Takes: kind, without the feature; about, what makes the notice unique."""
    told = _reached(receiver, initiative)
    if told is None:
        return
    who = f"user:{told.pk}" if isinstance(told, User) else "mailbox"
    notify(
        f"initiatives.{kind}",
        to=told,
        municipality_id=initiative.municipality_id,
        thread_key=f"initiative:{initiative.pk}",
        data={
            "title": initiative.title,
            "role": initiative.owner_role,
            "unit": initiative.owner_unit.name,
            **facts,
        },
        url=url or initiative_page(initiative),
        key=f"initiatives:{kind}:{about}:{who}",
    )


def step_page(initiative: Initiative, edge: str) -> str:
    """Where a step is taken."""
    where = {"municipality": initiative.municipality.slug, "reference": initiative.reference, "edge": edge}
    return reverse("initiatives:step", kwargs=where)


def _reached(receiver: User | None, initiative: Initiative) -> User | ContactPoint | None:
    """The person; the municipality's shared mailbox for the account that keeps the place for nobody."""
    if receiver is None or not receiver.is_active:
        return None
    if not receiver.is_service:
        return receiver
    mailbox = initiative.municipality.mailbox
    return ContactPoint(email=mailbox, language=initiative.municipality.language) if mailbox else None
