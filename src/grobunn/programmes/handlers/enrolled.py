"""What follows when somebody is invited, gets a place or gives it up: they are told, and let in."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django_scopes import scope

from grobunn.accounts.queries import open_invitations
from grobunn.accounts.services import invitations
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange
from grobunn.programmes.events import CohortStepped, EnrolmentStepped, Invited
from grobunn.programmes.models import Cohort, Enrolment
from grobunn.programmes.notices import tell
from grobunn.programmes.queries.programmes import with_dates
from grobunn.programmes.states import HOLDS_A_PLACE, TAKES_IN, EnrolmentState


@contextmanager
def _loaded(event: Invited | EnrolmentStepped) -> Iterator[Enrolment | None]:
    with scope(municipality=event.municipality_id):
        rows = Enrolment.objects.select_related("cohort__programme__municipality", "user")
        yield rows.filter(pk=event.enrolment_id).first()


@subscribe(Invited)
def ask_invited(event: Invited) -> None:
    """Whoever is invited is asked; while the cohort is only planned, when it opens."""
    with _loaded(event) as enrolment:
        if enrolment is not None and enrolment.cohort.state in TAKES_IN:
            _ask(enrolment)


@subscribe(CohortStepped)
def follow_cohort(event: CohortStepped) -> None:
    """A cohort that opens asks those who are invited; one that is cancelled tells those who were to take part."""
    with scope(municipality=event.municipality_id):
        cohort = Cohort.objects.get(pk=event.cohort_id)
        rows = Enrolment.objects.filter(cohort=cohort).select_related("cohort__programme__municipality", "user")
        if cohort.state in TAKES_IN:
            for enrolment in rows.filter(state=EnrolmentState.INVITED):
                _ask(enrolment)
        elif event.edge == "cancel":
            change = StateChange.objects.filter(subject_id=cohort.pk, edge="cancel").latest("id")
            for enrolment in rows.exclude(state__in=(EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN)):
                tell("cohort", enrolment, about=change.pk, reason=change.reason)


@subscribe(EnrolmentStepped)
def tell_of_place(event: EnrolmentStepped) -> None:
    """The person hears of a step that they did not take themselves, and what their answer came to."""
    change = StateChange.objects.get(pk=event.change_id)
    with _loaded(event) as enrolment:
        if enrolment is None or enrolment.state != change.to_state or event.edge not in _TOLD:
            return
        if event.edge in _ENDS and change.actor_id in (None, enrolment.user_id):
            return
        tell("place", enrolment, about=change.pk, edge=event.edge, state=enrolment.state)
        if enrolment.user is None and enrolment.state in HOLDS_A_PLACE:
            _let_in(enrolment)


_TOLD = frozenset({"accept", "line_up", "move_up", "withdraw", "decline"})
_ENDS = frozenset({"withdraw", "decline"})


def _ask(enrolment: Enrolment) -> None:
    if enrolment.state != EnrolmentState.INVITED:
        return  # Taken in at once, or answered before the question left.
    cohort = with_dates(Cohort.objects.filter(pk=enrolment.cohort_id)).get()
    days = {name: on.isoformat() for name in ("first_on", "last_on") if (on := getattr(cohort, name))}
    answer_by = cohort.answer_by.isoformat() if cohort.answer_by else ""
    tell("invited", enrolment, about=_time_of_asking(enrolment.pk), answer_by=answer_by, **days)


def _time_of_asking(enrolment_id: UUID) -> str:
    return f"asked:{enrolment_id}"


def _let_in(enrolment: Enrolment) -> None:
    """An account of their own, by invitation: with it they see their cohort, and nothing else of the municipality."""
    municipality = enrolment.cohort.programme.municipality
    if enrolment.is_synthetic or open_invitations(municipality.pk).filter(email=enrolment.email).exists():
        return
    invitations.invite(
        email=enrolment.email,
        name=enrolment.name,
        municipality_id=municipality.pk,
        municipality_name=municipality.name,
        payload={"enrolment": str(enrolment.pk)},
        invited_by=None,
        language=municipality.language,
    )
