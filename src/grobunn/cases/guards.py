"""What a step asks of a case or an adoption and of what was given, beyond who may and from where.

The steps of a case that publish are given `draft`, its working copy.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from grobunn.kernel import clock
from grobunn.kernel.statemachine import TransitionRefused

if TYPE_CHECKING:
    from grobunn.cases.models import Adoption, Case, Draft, Visit


class NotReady(TransitionRefused):
    """A draft lacks what every case must have. `field` names where to write it."""

    def __init__(self, message: Any, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class NothingChanged(TransitionRefused):
    """The draft says what readers see already."""


class DateLiesAhead(TransitionRefused):
    """In use from a day that has not come."""

    field = "in_use_on"


class ChangesUntold(TransitionRefused):
    """Adapted or inspired, but not told how."""

    field = "changed"


class DateHasPassed(TransitionRefused):
    """A visit agreed for a day that is gone."""

    field = "on"


def has_a_title(case: "Case", given: Mapping[str, Any]) -> None:
    """A case is found by its title."""
    draft: Draft = given["draft"]
    if not draft.title.strip():
        raise NotReady(_("The case has no title. Give it one that a neighbour would search for."), field="title")


def tells_what_was_hard(case: "Case", given: Mapping[str, Any]) -> None:
    """No case without lessons; what is loaded from a source says what the source says."""
    draft: Draft = given["draft"]
    if not draft.lessons.strip() and not case.source_name:
        raise NotReady(
            _("Write what was hard, under “Lessons learned”. That is what saves the next municipality time."),
            field="lessons",
        )


def has_a_contact(case: "Case", given: Mapping[str, Any]) -> None:
    """Somebody can be asked, whoever has the role by then."""
    draft: Draft = given["draft"]
    if not draft.contact_role:
        raise NotReady(_("Choose which role answers questions about the case."), field="contact_role")


def names_with_consent(case: "Case", given: Mapping[str, Any]) -> None:
    """A person is named only when they have agreed, and only until a day."""
    draft: Draft = given["draft"]
    if draft.contact_person_id is None:
        return
    if draft.contact_consented_at is None:
        raise NotReady(_("The person has not agreed to be named yet. Name the role alone until then."), field="contact")
    if draft.contact_until is None or draft.contact_until < clock.today():
        raise NotReady(_("Say until when the person is named: a day that is still ahead."), field="contact_until")


def has_changes(case: "Case", given: Mapping[str, Any]) -> None:
    """There is something that readers do not see yet."""
    draft: Draft = given["draft"]
    if draft.is_published:
        raise NothingChanged(_("Nothing has changed since it was published."))


def is_not_ahead(adoption: "Adoption", given: Mapping[str, Any]) -> None:
    """In use means that it has begun."""
    in_use_on: date = given["in_use_on"]
    if in_use_on > clock.today():
        raise DateLiesAhead(_("“In use” counts from the day that it has begun. Choose today or an earlier date."))


def says_what_was_changed(adoption: "Adoption", given: Mapping[str, Any]) -> None:
    """Whoever adapts tells the next one how."""
    _check_changes(given["manner"], given)


def still_says_what_was_changed(adoption: "Adoption", given: Mapping[str, Any]) -> None:
    """The same when it is told anew: what the next one starts from is not taken away."""
    _check_changes(adoption.manner or "copied", given)


def _check_changes(manner: str, given: Mapping[str, Any]) -> None:
    if manner != "copied" and not str(given.get("changed") or "").strip():
        raise ChangesUntold(_("Say what you changed, in a sentence or two: the next municipality starts from there."))


def has_a_coming_date(visit: "Visit", given: Mapping[str, Any]) -> None:
    """A visit is agreed for today or later."""
    on: date = given["on"]
    if on < clock.today():
        raise DateHasPassed(_("That day has passed. Choose today or a later one."))


def has_been(visit: "Visit", given: Mapping[str, Any]) -> None:
    """Nobody has been before the day has come."""
    if visit.on is not None and visit.on > clock.today():
        raise DateLiesAhead(_("The day of the visit has not come yet. Change the date if it was earlier."))
