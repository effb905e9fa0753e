"""What members hear of impartiality: that they are to declare, to assess, that they stand aside, that they stand in."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.juries.addresses import page_of
from grobunn.juries.models import Panel
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify

# What each is called, and when it comes; its texts stand in `templates/juries/notices/` under its name.
_TABLE = (
    ("declare", _("Declare your impartiality"), _("When a panel that you are on asks for declarations.")),
    ("assess", _("A possible conflict waits"), _("When impartiality on a panel that you lead waits to be assessed.")),
    ("disqualified", _("You are disqualified"), _("When a panel has decided that you do not judge an entry.")),
    ("impartial", _("You are found impartial"), _("When a panel has decided that you can judge an entry after all.")),
    ("stand_in", _("You stand in on a panel"), _("When you are to judge an entry in place of somebody else.")),
)
KINDS = tuple(
    Kind(
        name=f"juries.{name}",
        label=label,
        description=when,
        template=f"juries/notices/{name}",
        is_mandatory=True,
        stop_label=pgettext_lazy("stop mails", "about this panel"),
    )
    for name, label, when in _TABLE
)


def tell(kind: str, receiver: User | None, panel: Panel, *, about: Any, page: str, **facts: Any) -> None:
    """Tell somebody who can be told. Takes: kind, without the feature; about, what makes the notice unique; page, by
    its name."""
    if receiver is None or not receiver.is_active or receiver.is_service:
        return
    notify(
        f"juries.{kind}",
        to=receiver,
        municipality_id=panel.municipality_id,
        thread_key=f"panel:{panel.pk}",
        data={"panel": panel.name, **facts},
        url=page_of(panel, page),
        key=f"juries:{kind}:{about}:user:{receiver.pk}",
    )
