"""Cases for tests: made and moved by the services themselves, so that every one has a draft, a history, editions."""

from datetime import timedelta
from typing import Any

from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.cases.models import Adoption, Case, Manner
from grobunn.cases.services.adoptions import begin_adoption, move_adoption
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.start import Beginning, start_case
from grobunn.cases.services.steps import draft_of, move_case
from grobunn.cases.states import AdoptionState, CaseState
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import adviser_of

_WAYS: dict[str, tuple[str, ...]] = {
    CaseState.DRAFT: (),
    CaseState.IN_REVIEW: ("send_for_review",),
    CaseState.PUBLISHED: ("publish",),
    CaseState.WITHDRAWN: ("publish", "withdraw"),
}


def make_case(
    municipality: Municipality,
    *,
    state: str = CaseState.PUBLISHED,
    owner: User | None = None,
    editor: User | None = None,
    **content: Any,
) -> Case:
    """A case in a state; published if nothing else is said. `content` are fields of the draft.

    The owner must have a role in the municipality and the editor be its innovation adviser; without any, an adviser
    is made who is both. Call it inside the municipality's scope.
    """
    editor = editor or adviser_of(municipality)
    owner = owner or editor
    fields: dict[str, Any] = {
        "title": "Sensorer i senger",
        "lead": "Færre tilsyn om natten, og roligere netter.",
        "need": "Nattevaktene gikk fra rom til rom og vekket folk.",
        "lessons": "Nettet på byggene måtte bygges ut først. Det tok et halvt år.",
        "contact_role": Role.INNOVATION_ADVISER,
        "contact_mailbox": "postmottak@kommune.example",
        **content,
    }
    case = start_case(municipality, beginning=Beginning(title=fields.pop("title")), actor=owner)
    save_draft(case, actor=owner, revision=draft_of(case).revision, changes=fields)
    for step in _WAYS[state]:
        arguments = {"reason": "Gjelder ikke lenger."} if step == "withdraw" else {}
        move_case(case, step, actor=editor, **arguments)
    return case


_ADOPTION_WAYS: dict[str, tuple[str, ...]] = {
    AdoptionState.CONSIDERING: (),
    AdoptionState.PLANNED: ("plan",),
    AdoptionState.PILOT: ("try_out",),
    AdoptionState.IN_USE: ("try_out", "take_into_use"),
    AdoptionState.STOPPED: ("try_out", "stop"),
}


def make_adoption(
    case: Case,
    municipality: Municipality,
    *,
    state: str = AdoptionState.CONSIDERING,
    actor: User | None = None,
    based_on: Adoption | None = None,
    **told: Any,
) -> Adoption:
    """An adoption of a case by a municipality, brought to a state by the services; `told` goes with "in use"."""
    with scope(municipality=municipality.pk):
        actor = actor or adviser_of(municipality)
    adoption = begin_adoption(case, municipality=municipality, actor=actor, based_on=based_on)
    arguments: dict[str, dict[str, Any]] = {
        "plan": {"planned_on": clock.today()},
        "take_into_use": {
            "in_use_on": clock.today(),
            "manner": Manner.COPIED,
            "contact_role": Role.INNOVATION_ADVISER,
            **told,
        },
        "stop": {"reason": "Vi hadde ikke folk til det."},
    }
    for step in _ADOPTION_WAYS[state]:
        move_adoption(adoption, step, actor=actor, **arguments.get(step, {}))
    return adoption


def arguments_of(name: str) -> dict[str, Any]:
    """What a step of an adoption asks for."""
    return {
        "plan": {"planned_on": clock.today() + timedelta(days=30)},
        "replan": {"planned_on": clock.today() + timedelta(days=60)},
        "take_into_use": {
            "in_use_on": clock.today(),
            "manner": Manner.ADAPTED,
            "changed": "Bare i hjemmetjenesten.",
            "contact_role": Role.RND_CONTACT,
        },
        "tell": {"gave": "Roligere netter.", "changed": ""},
        "stop": {"reason": "Ingen hadde tid."},
    }.get(name, {})
