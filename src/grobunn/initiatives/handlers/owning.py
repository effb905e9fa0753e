"""What follows when an owner changes, a gate is decided, work waits or ends: who is told. Safe to run twice."""

from collections.abc import Iterator
from contextlib import contextmanager

from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.initiatives.events import (
    InitiativeInOperation,
    InitiativeLearned,
    InitiativeMoved,
    InitiativeNews,
    InitiativeStepped,
    OwnerChanged,
    OwnerReminded,
    OwnerSilent,
    PauseEnded,
)
from grobunn.initiatives.models import Helper, Initiative
from grobunn.initiatives.notices.owning import step_page, tell
from grobunn.kernel.events import subscribe
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import LEADER_LINE, Role
from grobunn.organisations.queries import holder_of, next_leader

_GATES = frozenset({"pass_gate", "send_back"})
_OWNERS = frozenset({"change_owner", "lose_owner", "reopen"})
_PLANS = frozenset({"replan", "pause", "resume"})


@contextmanager
def _loaded(event: InitiativeStepped | InitiativeNews) -> Iterator[Initiative]:
    with scope(municipality=event.municipality_id):
        yield Initiative.objects.select_related("municipality", "owner", "owner_unit", "runs_unit").get(
            pk=event.initiative_id
        )


@subscribe(OwnerChanged)
def ask_new_owner(event: OwnerChanged) -> None:
    """Whoever owns it now is asked; nobody is, if it has gone on meanwhile."""
    change = StateChange.objects.get(pk=event.change_id)
    with _loaded(event) as initiative:
        if initiative.is_owner_asked and change == _latest_owner(initiative):
            _ask(initiative, about=change.pk, change=change)


@subscribe(OwnerChanged)
def tell_former_owner(event: OwnerChanged) -> None:
    """Whoever owned it before hears who has it, if they did not give it away themselves."""
    change = StateChange.objects.get(pk=event.change_id)
    former = User.objects.filter(pk=change.before.get("owner_id"), is_active=True).first()
    with _loaded(event) as initiative:
        if former is not None and former.pk not in (change.actor_id, initiative.owner_id):
            tell("owner_gone", former, initiative, about=change.pk, why=change.data.get("why", "given"))


@subscribe(OwnerReminded)
def remind_new_owner(event: OwnerReminded) -> None:
    """Whoever was asked is asked once more."""
    with _loaded(event) as initiative:
        if initiative.is_owner_asked:
            _ask(initiative, about=event.id, is_reminder=True)


@subscribe(OwnerSilent)
def tell_leader_above(event: OwnerSilent) -> None:
    """The leader above hears that nobody has said yes; where there is none, the innovation adviser."""
    with _loaded(event) as initiative:
        if not initiative.is_owner_asked:
            return
        municipality = initiative.municipality
        above = next_leader(initiative.owner_unit, initiative.owner_role, municipality=municipality).user
        if above is None or above.pk == initiative.owner_id:
            above = holder_of(Role.INNOVATION_ADVISER, None, municipality=municipality).user
        if above is not None and above.pk != initiative.owner_id:
            owner = initiative.owner.name if initiative.owner else ""
            url = step_page(initiative, "change_owner")
            tell("owner_silent", above, initiative, about=event.id, url=url, owner=owner)


@subscribe(InitiativeMoved)
def ask_owner_of_opened(event: InitiativeMoved) -> None:
    """Whoever got what is opened again is asked."""
    change = StateChange.objects.get(pk=event.change_id)
    with _loaded(event) as initiative:
        if change.edge == "reopen" and initiative.is_owner_asked and change == _latest_owner(initiative):
            _ask(initiative, about=change.pk, change=change)


@subscribe(InitiativeMoved)
def tell_circle_of_move(event: InitiativeMoved) -> None:
    """Owner and helpers hear what was decided at a gate, and that it waits, goes on or is planned anew."""
    change = StateChange.objects.get(pk=event.change_id)
    kind = "decided" if change.edge in _GATES else "moved" if change.edge in _PLANS else ""
    if kind:
        with _loaded(event) as initiative:
            _tell_circle(kind, initiative, change, until=change.data.get("until", ""))


@subscribe(PauseEnded)
def ask_whether_it_goes_on(event: PauseEnded) -> None:
    """The owner is asked whether it goes on."""
    with _loaded(event) as initiative:
        if initiative.paused_until is not None:
            tell("comes_back", initiative.owner, initiative, about=event.id, url=step_page(initiative, "resume"))


@subscribe(InitiativeInOperation, InitiativeLearned)
def thank_those_who_did_it(event: InitiativeInOperation | InitiativeLearned) -> None:
    """Owner and helpers hear that it has come to a good end."""
    change = StateChange.objects.get(pk=event.change_id)
    with _loaded(event) as initiative:
        runs = initiative.runs_unit.name if initiative.runs_unit else ""
        _tell_circle("ended", initiative, change, learned=initiative.learned, runs=runs)


def _ask(
    initiative: Initiative, *, about: object, change: StateChange | None = None, is_reminder: bool = False
) -> None:
    is_keeper = initiative.owner_role not in LEADER_LINE
    tell(
        "owner_asked",
        initiative.owner,
        initiative,
        about=about,
        url=step_page(initiative, "change_owner" if is_keeper else "accept_owner"),
        words=change.reason if change else "",
        why=change.data.get("why", "given") if change else "",
        is_keeper=is_keeper,
        is_reminder=is_reminder,
    )


def _tell_circle(kind: str, initiative: Initiative, change: StateChange, **facts: str) -> None:
    helpers = Helper.objects.filter(initiative=initiative, until_on=None).select_related("user")
    circle = {each.user_id: each.user for each in helpers}
    if initiative.owner is not None:
        circle[initiative.owner.pk] = initiative.owner
    for user_id, user in sorted(circle.items(), key=lambda each: str(each[0])):
        if user_id != change.actor_id:
            tell(kind, user, initiative, about=change.pk, edge=change.edge, words=change.reason, **facts)


def _latest_owner(initiative: Initiative) -> StateChange | None:
    """The step that made the present owner its owner."""
    made = StateChange.objects.filter(subject_id=initiative.pk, edge__in=_OWNERS)
    return made.order_by("-id").first()
