"""What those who take part are told: kinds of notice, and how each reaches its receiver."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.notifications.addresses import ContactPoint
from grobunn.notifications.kinds import Kind
from grobunn.notifications.services.notify import notify
from grobunn.programmes.addresses import own_place_page
from grobunn.programmes.answering import answer_page
from grobunn.programmes.models import Enrolment

# What each is called, and when it comes; its texts stand in `templates/programmes/notices/` under its name.
_TABLE = (
    ("invited", _("Invitations to programmes"), _("When you are invited to a programme, and when the answer is due.")),
    (
        "place",
        _("My place in a programme"),
        _("When you get a place, stand in line, or your place is ended."),
    ),
    ("gathering", _("Gatherings that change"), _("When a gathering of yours is moved, cancelled, or held after all.")),
    ("soon", _("Gatherings that come"), _("A week and a day before a gathering of yours.")),
    (
        "evaluation",
        _("What you thought of a gathering"),
        _("Once, some days after a gathering that you were at, if you have not answered."),
    ),
    ("cohort", _("Cohorts that are cancelled"), _("When a cohort that you take part in is cancelled.")),
)
_MANDATORY = frozenset({"invited", "place", "gathering", "cohort"})

KINDS = tuple(
    Kind(
        name=f"programmes.{name}",
        label=label,
        description=when,
        template=f"programmes/notices/{name}",
        is_mandatory=name in _MANDATORY,
        stop_label=pgettext_lazy("stop mails", "about this programme"),
    )
    for name, label, when in _TABLE
)


def tell(kind: str, enrolment: Enrolment, *, about: Any, url: str = "", link: str = "", **facts: Any) -> None:
    """Tell the person of a place, by account or by address alone.

    Takes: kind, without the feature; about, what makes the notice unique; url, of another page than their own place;
           link, the same page for who has no account.
    """
    to = reached(enrolment)
    if to is None:
        return
    cohort = enrolment.cohort
    page = url or own_place_page(enrolment)
    notify(
        f"programmes.{kind}",
        to=to,
        municipality_id=enrolment.municipality_id,
        thread_key=f"cohort:{cohort.pk}",
        data={"programme": cohort.programme.name, "cohort": cohort.name, **facts},
        url=page if isinstance(to, User) else link or answer_page(enrolment),
        key=f"programmes:{kind}:{about}:{enrolment.pk}",
    )


def reached(enrolment: Enrolment) -> User | ContactPoint | None:
    """The account; before there is one, the address; nobody for what is made up."""
    if enrolment.user is not None:
        return enrolment.user if enrolment.user.is_active else None
    if enrolment.is_synthetic or enrolment.email.endswith(".invalid"):
        return None
    return ContactPoint(email=enrolment.email, language=enrolment.cohort.programme.municipality.language)
