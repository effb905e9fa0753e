"""Who hears what of impartiality: nobody anything of an entry but its title."""

from uuid import UUID

from django_scopes import scope

from grobunn.juries.events import PanelStepped, StandingChanged, SubstituteCalled
from grobunn.juries.models import Assessment, Conflict, Member, Panel, StandIn
from grobunn.juries.models.impartiality import ConflictState
from grobunn.juries.notices.impartiality import tell
from grobunn.juries.queries.assessing import leads_assessment, takers_of
from grobunn.juries.queries.overview import members_in_order
from grobunn.juries.queries.standing import members_who_declared
from grobunn.juries.states import OPEN, UNFINISHED
from grobunn.kernel.events import subscribe


@subscribe(PanelStepped)
def ask_for_declarations(event: PanelStepped) -> None:
    """Everybody who has not declared is asked."""
    if event.edge != "open_declarations":
        return
    with scope(municipality=event.municipality_id):
        panel = _panel(event.panel_id)
        if panel.state in OPEN:
            members = members_in_order(panel)
            declared = members_who_declared(panel, members)
            for member in members:
                if member.pk not in declared:
                    tell("declare", member.user, panel, about=event.change_id, page="declare")


@subscribe(StandingChanged)
def ask_latecomer(event: StandingChanged) -> None:
    """Whoever came onto a panel that has begun is asked to declare, once."""
    with scope(municipality=event.municipality_id):
        member = _member(event.member_id)
        if member is not None and member.panel.state in OPEN and not members_who_declared(member.panel, [member]):
            tell("declare", member.user, member.panel, about=f"late:{member.pk}", page="declare")


@subscribe(StandingChanged)
def ask_to_assess(event: StandingChanged) -> None:
    """Whoever leads the assessment of what waits is told."""
    with scope(municipality=event.municipality_id):
        member = _member(event.member_id)
        if member is None or member.panel.state not in UNFINISHED:
            return
        for conflict in Conflict.objects.filter(member=member, state=ConflictState.OPEN).select_related("entry"):
            conflict.member, conflict.entry.panel = member, member.panel
            times = Assessment.objects.filter(conflict=conflict).count()
            takers = takers_of(conflict)
            for taker in takers:
                if leads_assessment(conflict, taker, takers):
                    tell("assess", taker.user, member.panel, about=f"{conflict.pk}:{times}", page="assess")


@subscribe(StandingChanged)
def tell_what_was_decided(event: StandingChanged) -> None:
    """The member concerned hears what was decided, without more."""
    with scope(municipality=event.municipality_id):
        member = _member(event.member_id)
        if member is None:
            return
        decided = Assessment.objects.filter(conflict__member=member).exclude(verdict=ConflictState.OPEN)
        for row in decided.select_related("conflict__entry"):
            if row.conflict.state != row.verdict:
                continue
            kind = "disqualified" if row.verdict == ConflictState.CONFIRMED else "impartial"
            if kind == "impartial" and _is_barred(member, row.conflict):
                continue
            tell(kind, member.user, member.panel, about=row.pk, page="panel", entry=row.conflict.entry.title)


@subscribe(SubstituteCalled)
def tell_substitute(event: SubstituteCalled) -> None:
    """Who stands in hears it."""
    with scope(municipality=event.municipality_id):
        row = StandIn.objects.select_related("substitute__user", "entry").filter(pk=event.stand_in_id).first()
        if row is not None:
            tell(
                "stand_in",
                row.substitute.user,
                _panel(event.panel_id),
                about=row.pk,
                page="panel",
                entry=row.entry.title,
            )


def _is_barred(member: Member, conflict: Conflict) -> bool:
    """Whether another conflict for the same entry is open or confirmed."""
    others = Conflict.objects.filter(member=member, entry=conflict.entry_id).exclude(pk=conflict.pk)
    return others.exclude(state=ConflictState.DISMISSED).exists()


def _panel(panel_id: UUID) -> Panel:
    return Panel.objects.select_related("municipality").get(pk=panel_id)


def _member(member_id: UUID) -> Member | None:
    found = Member.objects.present().filter(pk=member_id)
    return found.select_related("user", "panel__municipality").first()
