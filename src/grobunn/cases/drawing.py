"""A lineage as a picture: boxes from left to right, each joined to the one that it stands on. Only places, no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from grobunn.cases.queries.lineage import Branch, Node

BOX_WIDTH, BOX_HEIGHT = 216, 60
_GAP_X, _GAP_Y, _MARGIN = 56, 18, 4
# A name longer than this runs out of its box: the table has it whole.
_NAME_LENGTH = 24


@dataclass(frozen=True)
class Box:
    """One node and where it stands."""

    node: Node
    x: int
    y: int

    @property
    def text_x(self) -> int:
        return self.x + 14

    @property
    def name_y(self) -> int:
        return self.y + 25

    @property
    def note_y(self) -> int:
        return self.y + 45

    @property
    def short_name(self) -> str:
        name = self.node.municipality
        return name if len(name) <= _NAME_LENGTH else f"{name[: _NAME_LENGTH - 1]}…"

    @property
    def look(self) -> str:
        """The name of its look in the style sheet."""
        if self.node.is_original:
            return "original"
        if self.node.is_stopped:
            return "stopped"
        return "coming" if self.node.is_on_the_way else "used"


@dataclass(frozen=True)
class Picture:
    """What a template draws."""

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[str]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def picture_of(branches: Sequence[Branch]) -> Picture:
    """Place every node: one row for each that nobody stands on, its elders in the middle of those below them."""
    rows = _rows(branches)
    boxes = {
        branch.node.key: Box(
            node=branch.node,
            x=_MARGIN + branch.depth * (BOX_WIDTH + _GAP_X),
            y=_MARGIN + round(rows[branch.node.key] * (BOX_HEIGHT + _GAP_Y)),
        )
        for branch in branches
    }
    lines = [
        _line(boxes[branch.parent.key], boxes[branch.node.key]) for branch in branches if branch.parent is not None
    ]
    return Picture(
        width=max((box.x for box in boxes.values()), default=0) + BOX_WIDTH + _MARGIN,
        height=max((box.y for box in boxes.values()), default=0) + BOX_HEIGHT + _MARGIN,
        boxes=list(boxes.values()),
        lines=lines,
    )


def _rows(branches: Sequence[Branch]) -> dict[UUID, float]:
    children: dict[UUID, list[UUID]] = {branch.node.key: [] for branch in branches}
    for branch in branches:
        if branch.parent is not None:
            children[branch.parent.key].append(branch.node.key)
    rows: dict[UUID, float] = {}
    last = sum(not below for below in children.values())
    # Read backwards, every node comes after all that stand on it.
    for branch in reversed(branches):
        below = children[branch.node.key]
        if below:
            rows[branch.node.key] = (rows[below[0]] + rows[below[-1]]) / 2
        else:
            last -= 1
            rows[branch.node.key] = float(last)
    return rows


def _line(parent: Box, child: Box) -> str:
    """A path from the right side of one box to the left side of the next."""
    start, end = parent.x + BOX_WIDTH, child.x
    middle = start + (end - start) // 2
    from_y, to_y = parent.y + BOX_HEIGHT // 2, child.y + BOX_HEIGHT // 2
    return f"M{start} {from_y}H{middle}V{to_y}H{end}"
