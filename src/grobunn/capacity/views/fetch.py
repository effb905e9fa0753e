"""Finding what an address names."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import Http404

from grobunn.capacity.claims import Claim, Described, described
from grobunn.capacity.models import Declared, Source
from grobunn.capacity.quarters import Quarter
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import LEADER_LINE, Municipality, Role, Unit
from grobunn.organisations.queries import descendant_ids, roles_of, unit_tree


def source_or_404(municipality: Municipality, source_id: UUID) -> Source:
    """A source of the municipality, closed ones too. Raises: Http404."""
    found = Source.objects.filter(municipality=municipality, pk=source_id).select_related("unit", "municipality")
    source = found.first()
    if source is None:
        raise Http404
    return source


def quarter_or_none(code: str) -> Quarter | None:
    """The quarter of a code; None for words that name none."""
    try:
        return Quarter.read(code)
    except (ValueError, OverflowError):
        return None


def claim_named(code: str, municipality: Municipality) -> Claim | None:
    """The claim that an address names as sort:id; its unit is not known here. None for anything else."""
    sort, _colon, claim_id = code.partition(":")
    try:
        return Claim(sort=sort[:30], id=UUID(claim_id), municipality_id=municipality.pk, unit_id=UUID(int=0))
    except ValueError:
        return None


def called(claim: Claim | None, *, actor: Actor) -> Described | None:
    """What a claim is called for a reader; None if they may not see it."""
    return described([(claim.sort, claim.id)], actor=actor).get(claim.id) if claim else None


def units_to_declare(actor: Actor, municipality: Municipality) -> tuple[list[Unit], dict[UUID, str]]:
    """The units whose capacity somebody may declare, in the order of the tree, and their names moved in. Two SQL."""
    roles = roles_of(actor)
    is_for_all = roles.has(Role.INNOVATION_ADVISER, municipality_id=municipality.pk)
    leads = descendant_ids(roles.unit_ids(*LEADER_LINE), municipality_id=municipality.pk)
    branches = [each for each in unit_tree(municipality.pk) if is_for_all or each.unit.pk in leads]
    return [each.unit for each in branches], {each.unit.pk: each.indented_name for each in branches}


@dataclass(frozen=True)
class Said:
    """What somebody said of a source. Takes: when, the quarter or quarters; claim, what a raise was for, if visible."""

    declared: Declared
    when: str
    claim: Described | None


def named_history(history: list[Declared], *, actor: Actor) -> list[Said]:
    """What was said of a source, the newest first; the same said of several quarters in one go is one sentence.

    At most one look-up for each sort of claim.
    """
    claims = {(each.claim_sort, each.claim_id) for each in history if each.claim_id is not None}
    names = described(claims, actor=actor)
    said: list[Said] = []
    for _what, group in groupby(history, key=_said_in_one_go):
        rows = list(group)
        first, last = (choose(Quarter.of(row.quarter_on) for row in rows) for choose in (min, max))
        when = str(first) if first == last else f"{first} – {last}"
        said.append(Said(declared=rows[0], when=when, claim=names.get(rows[0].claim_id or UUID(int=0))))
    return said


def _said_in_one_go(declared: Declared) -> tuple[object, ...]:
    minute = declared.at.replace(second=0, microsecond=0)
    return (minute, declared.by_id, declared.before, declared.after, declared.is_raise, declared.reason)
