"""Quarters of the calendar year: the period in which capacity is declared and reserved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from django.utils.translation import gettext as _

from grobunn.kernel import clock


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year. Takes: number, from 1 to 4. Raises: ValueError for another one."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"There is no quarter {self.number} of a year.")

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter that a day is in."""
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def now(cls) -> Self:
        """The quarter that today is in."""
        return cls.of(clock.today())

    @classmethod
    def read(cls, code: str) -> Self:
        """The quarter of a code such as 2026-4. Raises: ValueError."""
        year, _dash, number = code.partition("-")
        quarter = cls(int(year), int(number.removeprefix("Q")))
        quarter.first_day  # noqa: B018 -- a year that no date has raises ValueError
        return quarter

    @property
    def code(self) -> str:
        """As addresses and the API write it: 2026-4."""
        return f"{self.year}-{self.number}"

    @property
    def first_day(self) -> date:
        """The day that stands for it in the database."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Its last day."""
        return (self + 1).first_day - timedelta(days=1)

    @property
    def days_left(self) -> int:
        """Days from today to its end, today counted; nothing of one that has passed."""
        return max(0, (self.last_day - max(clock.today(), self.first_day)).days + 1)

    def __add__(self, quarters: int) -> "Quarter":
        place = 4 * self.year + self.number - 1 + quarters
        return Quarter(place // 4, place % 4 + 1)

    def __sub__(self, other: "Quarter") -> int:
        """How many quarters after another one it is."""
        return 4 * (self.year - other.year) + self.number - other.number

    def __str__(self) -> str:
        """As people read it, in the language of the page."""
        return _("Q%(number)s %(year)s") % {"number": self.number, "year": self.year}


def quarters_from(first: Quarter, count: int) -> Iterator[Quarter]:
    """So many quarters in a row."""
    return (first + step for step in range(count))
