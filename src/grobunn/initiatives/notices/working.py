"""What those who carry an initiative are told of its work: the kinds of notice, their receivers, their keys."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.initiatives.addresses import initiative_page, report_page
from grobunn.initiatives.models import Initiative
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify
from grobunn.notifications.services.retract import retract

_TABLE = (
    ("helper_added", _("You are asked to help"), _("When somebody asks you to help an initiative.")),
    ("task_given", _("A task for you"), _("When somebody gives you a task in an initiative.")),
    ("report_due", _("A short report is due"), _("On the day when an initiative that you own is to be reported on.")),
    (
        "report_overdue",
        _("A short report is overdue"),
        _("When a report has not come some days after it was due."),
    ),
    (
        "report_missing",
        _("A report is missing in your area"),
        _("When somebody whom you lead has not reported on an initiative."),
    ),
    (
        "commented",
        _("A comment on an initiative"),
        _("When somebody comments on an initiative that you own, help or follow."),
    ),
)

KINDS = tuple(
    Kind(
        name=f"initiatives.{name}",
        label=label,
        description=when,
        template=f"initiatives/notices/{name}",
        stop_label=pgettext_lazy("stop mails", "about this initiative"),
    )
    for name, label, when in _TABLE
)

# What a report makes needless.
_NUDGES = ("report_due", "report_overdue", "report_missing")


def tell(kind: str, receiver: User | None, initiative: Initiative, *, about: str, url: str = "", **facts: Any) -> None:
    """Tell somebody of an initiative. Takes: kind, without the feature; about, what makes the notice unique."""
    if receiver is None or not receiver.is_active:
        return
    notify(
        f"initiatives.{kind}",
        to=receiver,
        municipality_id=initiative.municipality_id,
        thread_key=f"initiative:{initiative.pk}",
        data={"title": initiative.title, **facts},
        url=url or initiative_page(initiative),
        key=f"initiatives:{kind}:{about}",
    )


def tell_of_report(kind: str, receiver: User | None, initiative: Initiative, *, due_on: date) -> None:
    """Tell somebody of a report that is due, or has not come; whoever stands in for the owner is told that they do."""
    tell(
        kind,
        receiver,
        initiative,
        about=f"{initiative.pk}:{due_on}",
        url=report_page(initiative) if kind != "report_missing" else "",
        due_on=due_on.isoformat(),
        owner=initiative.owner.name if initiative.owner else "",
        stands_in=receiver is not None and receiver.pk != initiative.owner_id and kind != "report_missing",
    )


def take_back_nudges(initiative: Initiative, *, due_on: date) -> None:
    """The report for a day has come: whoever was not reached yet need not be told that it is due."""
    retract(f"initiatives:{kind}:{initiative.pk}:{due_on}" for kind in _NUDGES)
