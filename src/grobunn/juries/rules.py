"""Who may do what with panels: predicates, and the one table of permissions."""

from typing import Any

import rules

from grobunn.juries.grounds import Standing
from grobunn.juries.models import Conflict, Entry, Member, Panel
from grobunn.juries.queries.assessing import leads_assessment, takers_of
from grobunn.juries.queries.members import member_of
from grobunn.juries.queries.scoring import is_to_score
from grobunn.juries.queries.standing import standing_of
from grobunn.juries.states import PanelPart
from grobunn.kernel.actors import SystemActor
from grobunn.kernel.permissions import Permission
from grobunn.organisations.models import SETTERS_UP, Municipality, Role
from grobunn.organisations.queries import roles_of


@rules.predicate
def is_system(actor: Any, subject: Any) -> bool:
    """The installation itself."""
    return isinstance(actor, SystemActor)


@rules.predicate
def is_adviser(actor: Any, subject: Panel | Municipality | None) -> bool:
    """Innovation adviser of the municipality; with none named, of any."""
    if subject is None:
        return any(held.role == Role.INNOVATION_ADVISER for held in roles_of(actor).held)
    municipality_id = subject.pk if isinstance(subject, Municipality) else subject.municipality_id
    return roles_of(actor).has(Role.INNOVATION_ADVISER, municipality_id=municipality_id)


@rules.predicate
def sets_up(actor: Any, municipality: Municipality | None) -> bool:
    """Innovation adviser or chief executive of the municipality; with none named, of any."""
    if municipality is None:
        return any(held.role in SETTERS_UP for held in roles_of(actor).held)
    return roles_of(actor).has(*SETTERS_UP, municipality_id=municipality.pk)


@rules.predicate
def is_on(actor: Any, panel: Panel | None) -> bool:
    """Is on the panel, in whatever part; with none named, could be."""
    return actor.pk is not None if panel is None else member_of(panel, actor) is not None


@rules.predicate
def is_chair(actor: Any, panel: Panel | None) -> bool:
    """Chairs the panel; with none named, could."""
    return actor.pk is not None if panel is None else _part(panel, actor) == PanelPart.CHAIR


@rules.predicate
def is_secretary(actor: Any, panel: Panel | None) -> bool:
    """Is the panel's secretary; with none named, could be."""
    return actor.pk is not None if panel is None else _part(panel, actor) == PanelPart.SECRETARY


@rules.predicate
def may_open_entry(actor: Any, entry: Entry | None) -> bool:
    """Is impartial for the entry; or runs the panel, and is not on it."""
    if entry is None:
        return actor.pk is not None
    member = member_of(entry.panel, actor)
    if member is None:
        return is_adviser(actor, entry.panel)
    return standing_of(member, entry) == Standing.IMPARTIAL


@rules.predicate
def may_handle_entry(actor: Any, entry: Entry | None) -> bool:
    """Runs the panel, and is not kept from knowing more of the entry than its title."""
    if entry is None:
        return actor.pk is not None
    if not (is_adviser | is_secretary | is_chair).test(actor, entry.panel):
        return False
    member = member_of(entry.panel, actor)
    return member is None or standing_of(member, entry) in (Standing.UNDECLARED, Standing.IMPARTIAL)


@rules.predicate
def moderates(actor: Any, entry: Entry | None) -> bool:
    """Leads what is said of an entry: the chair who may open it."""
    return entry is None or (is_chair.test(actor, entry.panel) and may_open_entry.test(actor, entry))


@rules.predicate
def decides(actor: Any, entry: Entry | None) -> bool:
    """Runs the panel, and may open the entry."""
    if entry is None:
        return actor.pk is not None
    runs = is_adviser | is_secretary | is_chair
    return bool(runs.test(actor, entry.panel)) and bool(may_open_entry.test(actor, entry))


@rules.predicate
def gives_scores(actor: Any, entry: Entry | None) -> bool:
    """Scores on the panel, and this entry is theirs to score."""
    if entry is None:
        return actor.pk is not None
    member = member_of(entry.panel, actor)
    return member is not None and is_to_score(member, entry)


@rules.predicate
def assesses(actor: Any, conflict: Conflict | None) -> bool:
    """Leads the assessment: the chair; where the chair may not take part, another member who may."""
    if conflict is None:
        return actor.pk is not None
    member = member_of(conflict.member.panel, actor)
    return leads_assessment(conflict, member, takers_of(conflict))


def _part(panel: Panel, actor: Any) -> str:
    member: Member | None = member_of(panel, actor)
    return member.part if member is not None else ""


PERMISSIONS = {
    "juries.list": Permission(
        is_on | sets_up, "Whoever is on a panel sees theirs; the innovation adviser and the chief executive see all."
    ),
    "juries.see": Permission(is_on | is_adviser, "Everybody on the panel, and the innovation adviser."),
    "juries.make": Permission(is_adviser, "The municipality's innovation adviser."),
    "juries.run": Permission(is_adviser | is_secretary | is_chair, "The innovation adviser, the secretary, the chair."),
    "juries.chair": Permission(is_chair, "The chair of the panel."),
    "juries.declare": Permission(is_on, "Everybody on the panel, for themselves."),
    "juries.assess": Permission(
        assesses, "The chair; about the chair, another member who scores and is impartial. Never the member concerned."
    ),
    "juries.open": Permission(
        may_open_entry, "Members who are impartial for the entry; the innovation adviser who is not on the panel."
    ),
    "juries.handle": Permission(
        may_handle_entry, "Who runs the panel, unless they are disqualified for the entry or being assessed for it."
    ),
    "juries.moderate": Permission(moderates, "The chair, if impartial for the entry."),
    "juries.decide": Permission(
        decides, "The chair, the secretary and the innovation adviser, each for the entries that they may open."
    ),
    "juries.score": Permission(gives_scores, "Members who are impartial for the entry and are to score it."),
    "juries.set_up": Permission(sets_up, "The municipality's innovation adviser and chief executive."),
    "juries.system": Permission(is_system, "The installation itself."),
}
