"""Where a case comes from and where it has spread: the original, those who took it into use, and those after them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django_scopes import scopes_disabled

from grobunn.cases.models import Adoption, Case
from grobunn.cases.queries.adoptions import told_adoptions_of
from grobunn.cases.states import AdoptionState, CaseState

# From a case up to the original, and from there down to every case that tells an adaptation. No loop can pass: a node
# is met once.
_FAMILY = """
WITH RECURSIVE up(id, adapted_from_id) AS (
    SELECT id, adapted_from_id FROM cases_case WHERE id = %s
    UNION
    SELECT above.id, above.adapted_from_id FROM cases_case above JOIN up ON above.id = up.adapted_from_id
), down(id) AS (
    SELECT id FROM up WHERE adapted_from_id IS NULL
    UNION
    SELECT below.id FROM cases_case below JOIN down ON below.adapted_from_id = down.id
)
SELECT id FROM down
"""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One municipality's way of doing it.

    Takes: parent, the node that it stands on (None: the original); case, where it is told as a case of its own;
           adoption, None where only a case tells of it.
    """

    key: UUID
    parent: UUID | None
    municipality: str
    originally: str
    since: date | None
    case: Case | None = None
    adoption: Adoption | None = None

    @property
    def is_original(self) -> bool:
        return self.parent is None

    @property
    def changed(self) -> str:
        return self.adoption.changed if self.adoption else ""

    @property
    def gave(self) -> str:
        return self.adoption.gave if self.adoption else ""

    @property
    def is_stopped(self) -> bool:
        return self.adoption is not None and self.adoption.state == AdoptionState.STOPPED

    @property
    def is_on_the_way(self) -> bool:
        return self.adoption is not None and self.adoption.state in (AdoptionState.PLANNED, AdoptionState.PILOT)


@dataclass(frozen=True)
class Branch:
    """A node in its place: how deep, and which one it stands on."""

    node: Node
    depth: int
    parent: Node | None


def lineage_of(case: Case) -> list[Branch]:
    """The whole family of a case, the original first, each followed by what stands on it; three SQL."""
    with connection.cursor() as cursor:
        cursor.execute(_FAMILY, [case.pk])
        ids = [row[0] for row in cursor.fetchall()]
    with scopes_disabled():
        found = Case.objects.filter(pk__in=ids, state=CaseState.PUBLISHED).select_related("origin", "municipality")
        cases = {each.pk: each for each in found}
    adoptions = list(told_adoptions_of(cases))
    return _in_order(_nodes(cases, adoptions))


def _nodes(cases: Mapping[UUID, Case], adoptions: Iterable[Adoption]) -> list[Node]:
    adopted = {each.pk: each for each in adoptions}
    # An adopter that tells its own case of it is one node, not two.
    told_as = {
        each.pk: own
        for each in adopted.values()
        for own in cases.values()
        if own.adapted_from_id == each.case_id and own.origin_id == each.adopter_id
    }
    node_of_case = {own.pk: adoption_id for adoption_id, own in told_as.items()}
    nodes = [_of_case(each, node_of_case) for each in cases.values() if each.pk not in node_of_case]
    return nodes + [_of_adoption(each, adopted, node_of_case, told_as) for each in adopted.values()]


def _of_case(case: Case, node_of_case: Mapping[UUID, UUID]) -> Node:
    above = case.adapted_from_id
    return Node(
        key=case.pk,
        parent=node_of_case.get(above, above) if above is not None else None,
        municipality=case.municipality.name,
        originally=case.origin.name if case.origin_id != case.municipality_id else "",
        since=case.published_at.date() if case.published_at else None,
        case=case,
    )


def _of_adoption(
    adoption: Adoption,
    adopted: Mapping[UUID, Adoption],
    node_of_case: Mapping[UUID, UUID],
    told_as: Mapping[UUID, Case],
) -> Node:
    based_on = adoption.based_on_id
    is_told = based_on is not None and based_on in adopted
    return Node(
        key=adoption.pk,
        parent=based_on if is_told else node_of_case.get(adoption.case_id, adoption.case_id),
        municipality=adoption.municipality.name,
        originally=adoption.adopter.name if adoption.adopter_id != adoption.municipality_id else "",
        since=adoption.in_use_on or adoption.tried_on or adoption.planned_on,
        case=told_as.get(adoption.pk),
        adoption=adoption,
    )


def _in_order(nodes: list[Node]) -> list[Branch]:
    """Nodes as a tree is read. One whose parent nobody may read hangs on the original."""
    by_key = {node.key: node for node in nodes}
    below: dict[UUID | None, list[Node]] = {}
    for node in sorted(nodes, key=lambda each: (each.since or date.max, each.municipality), reverse=True):
        below.setdefault(node.parent if node.parent in by_key else None, []).append(node)
    tree: list[Branch] = []
    waiting: list[tuple[Node, int, Node | None]] = [(node, 0, None) for node in below.get(None, [])]
    while waiting:
        node, depth, parent = waiting.pop()
        tree.append(Branch(node, depth, parent))
        waiting.extend((child, depth + 1, node) for child in below.get(node.key, []))
    return tree
