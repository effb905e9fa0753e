"""The table beside a chart: the same numbers, each leading to the rows behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A column. Takes: is_number, whether its cells stand to the right."""

    text: str
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell. Takes: url, the rows behind a number; mark, a word that says what is wrong with it ("over")."""

    text: str
    url: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """Headings, and rows whose first cell names the row. Takes: sequences, which are held as tuples."""

    caption: str
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Cell]] = field(default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "headings", tuple(self.headings))
        object.__setattr__(self, "rows", tuple(tuple(row) for row in self.rows))

    @property
    def lines(self) -> list[list[tuple[Heading, Cell]]]:
        """Each row's cells with their headings, as the component writes them."""
        return [list(zip(self.headings, row, strict=True)) for row in self.rows]
