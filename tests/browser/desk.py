"""A desk in use: one idea in each place of its life, made by the services, so that every page has something to show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.ideas.models import Contact, Idea, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.services.submit import Submission, submit_idea
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.queries import unit_by_slug


@dataclass(frozen=True)
class Sent:
    """One idea as it came in, and what its holder did with it."""

    name: str
    text: str
    days_ago: int = 1
    title: str = ""
    kind: str = ""
    writer: str = ""
    visibility: str = Visibility.MUNICIPALITY
    step: Callable[[Idea, User], Any] | None = None


def _asked(idea: Idea, adviser: User) -> None:
    answer.ask(idea, actor=adviser, reason="Hvilken kjeller gjelder det, og på hvilke vakter?")


def _parked(idea: Idea, adviser: User) -> None:
    until = clock.today() + timedelta(days=60)
    answer.park(idea, actor=adviser, until=until, reason="Anbudet lyses ut på nyåret. Da tar vi det med.")


def _solved(idea: Idea, adviser: User) -> None:
    reason = "Appen finnes alt. Søk etter «Vaktbytte» i kommunens appbutikk."
    answer.solve(idea, actor=adviser, solution="Vaktbytte-appen", reason=reason)


def _started(idea: Idea, adviser: User) -> None:
    answer.take_up(idea, actor=adviser)
    reason = "Hjemmetjenesten øst prøver det fra mandag. Du hører mer før jul."
    leader = User.objects.get(email="unit-manager@demo.example")
    make_initiative(idea.unit, owner=leader, by=adviser, ideas=(idea,), title=idea.heading, reason=reason)


def _declined(idea: Idea, adviser: User) -> None:
    reason = "Vi kan ikke åpne døren om natten av hensyn til brannvernet. Takk for at du så etter en løsning."
    answer.decline(idea, actor=adviser, reason=reason)


def _taken_up(idea: Idea, adviser: User) -> None:
    answer.take_up(idea, actor=adviser)


def _forwarded(idea: Idea, adviser: User) -> None:
    answer.forward(idea, actor=adviser, role=Role.SECTOR_HEAD, unit=idea.unit.parent, reason="Dette kan dere best.")


IDEAS = (
    Sent(
        "late",
        "Trygghetsalarmen virker ikke i kjelleren. Sett opp en forsterker.",
        25,
        kind="new_product",
        writer="nurse",
    ),
    Sent("shared", "Felles kjørerute for hjemmesykepleie og hjemmehjelp, så vi ikke kjører dobbelt.", 20),
    Sent("asked", "Ladestasjon til elsyklene ved inngangen.", 12, kind="new_product", writer="nurse", step=_asked),
    Sent(
        "taken_up",
        "Ett skjema i stedet for tre når en bruker flytter.",
        8,
        kind="organisational_change",
        step=_taken_up,
    ),
    Sent(
        "started",
        "La pårørende se når neste besøk kommer.",
        6,
        kind="new_service",
        visibility=Visibility.PUBLIC,
        step=_started,
    ),
    Sent("solved", "En app for å bytte vakter.", 5, kind="new_service", writer="nurse", step=_solved),
    Sent("declined", "La døren til hagen stå åpen om natten.", 4, step=_declined),
    Sent("parked", "Nye uniformer med lommer som tåler nøkler.", 3, kind="new_product", writer="nurse", step=_parked),
    Sent("internal", "Stille rom for samtaler med pårørende.", 2, visibility=Visibility.INTERNAL),
    Sent("forwarded", "Bruk de gamle rullatorene til opplæring.", 1, title="Rullatorer til opplæring", step=_forwarded),
    Sent("fresh", "Kort morgenmøte på video, så de som er ute, er med.", 0, writer="nurse"),
)


def fill(municipality: Municipality, *, unit: str) -> dict[str, Idea]:
    """Let the ideas come in at a unit over the last weeks. Returns: them by name."""
    with scope(municipality=municipality.pk):
        # Whoever is here today was here when the ideas came in.
        RoleAssignment.objects.update(from_on=clock.today() - timedelta(days=100))
        place = unit_by_slug(municipality.pk, unit)
        adviser = User.objects.get(email="adviser@demo.example")
        return {sent.name: _send(municipality, place, sent, adviser) for sent in IDEAS}


def _send(municipality: Municipality, unit: Unit, sent: Sent, adviser: User) -> Idea:
    writer = User.objects.get(email=f"{sent.writer}@demo.example") if sent.writer else None
    submission = Submission(
        text=sent.text,
        title=sent.title,
        kind=sent.kind,
        visibility=sent.visibility,
        contact=Contact.ACCOUNT if writer else Contact.RECEIPT,
    )
    with clock.moved_by(days=-sent.days_ago):
        actor = writer or AnonymousUser()
        idea = submit_idea(municipality, submission=submission, actor=actor, unit=unit)
    if sent.step is not None:
        with clock.moved_by(days=-sent.days_ago, hours=5):
            sent.step(idea, adviser)
    Idea.objects.filter(pk=idea.pk).update(is_synthetic=True)
    return idea
