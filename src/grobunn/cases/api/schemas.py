"""What the API takes and gives about cases. `sections` is keyed by the codes of the seven sections, for ever."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator

from grobunn.cases.library import asked as names
from grobunn.cases.library.asked import MOST_CHARACTERS, Asked, Order
from grobunn.cases.library.columns import ADOPTION_STEPS, COST_LIMITS
from grobunn.cases.models import CaseKind, InnovationKind, Stage
from grobunn.organisations.queries import SizeClass

Words = Annotated[str, AfterValidator(lambda text: text.replace("\x00", ""))]
_MOST = 20


def _one_of(values: Sequence[int]) -> Callable[[int], int]:
    """Refuse a number that the library does not count by."""

    def checked(number: int) -> int:
        if number not in values:
            raise ValueError(_listed(values))
        return number

    return checked


def _listed(values: Sequence[int]) -> str:
    return ", ".join(map(str, values))


class CasesAsked(Schema):
    """What the list is narrowed by: several values of one name widen, several names narrow."""

    q: Words = Field("", max_length=2000, description=f"Words; the first {MOST_CHARACTERS} characters are looked at.")
    size: list[SizeClass] = Field([], max_length=_MOST, description="Size classes: fewest inhabitants, such as 2000.")
    county: list[Words] = Field([], max_length=_MOST, description="Numbers of counties (Klass 104).")
    kostra: list[Words] = Field([], max_length=_MOST, description="KOSTRA functions, such as 254.")
    theme: list[Words] = Field([], max_length=_MOST, description="Themes of LOS, such as helse-og-omsorg.")
    cost_below: Annotated[int, AfterValidator(_one_of(COST_LIMITS))] | None = Field(
        None,
        description=f"Kroner to introduce it, one of {_listed(COST_LIMITS)}; a case that does not tell is left out.",
    )
    adopted_by: Annotated[int, AfterValidator(_one_of(ADOPTION_STEPS))] | None = Field(
        None, description=f"In use in at least so many municipalities: {_listed(ADOPTION_STEPS)}."
    )
    kind: list[CaseKind] = Field([], max_length=_MOST)
    innovation: list[InnovationKind] = Field([], max_length=_MOST)
    stage: list[Stage] = Field([], max_length=_MOST)
    language: list[Words] = Field([], max_length=_MOST)
    like: Words = Field("", max_length=80, description="A municipality's name in addresses: only those like it.")
    municipality: Words = Field("", max_length=80, description="One's name in addresses: what it did or looks after.")
    sort: Literal["best", "newest", "adopted"] | None = Field(None, description="The best first where there are words.")
    format: Literal["json", "csv"] = Field("json", description="CSV gives all that was found on one page.")
    limit: int = Field(50, ge=1, le=200, description="Rows per page.")
    cursor: Words = Field("", max_length=200, description="Where the page begins, as given in `next`.")

    def asked(self) -> Asked:
        """The same question as an address of the library asks it."""
        chosen = {
            names.SIZE: [size.value for size in self.size],
            names.KOSTRA: self.kostra,
            names.THEME: self.theme,
            names.COST: [str(self.cost_below)] if self.cost_below else [],
            names.ADOPTED: [str(self.adopted_by)] if self.adopted_by else [],
            names.COUNTY: self.county,
            names.KIND: [kind.value for kind in self.kind],
            names.INNOVATION: [kind.value for kind in self.innovation],
            names.STAGE: [stage.value for stage in self.stage],
            names.LANGUAGE: self.language,
        }
        words = " ".join(self.q.split())[:MOST_CHARACTERS]
        return Asked(
            words=words,
            chosen={name: tuple(values) for name, values in chosen.items() if values},
            like=self.like,
            order=self._order(words),
            cursor=self.cursor,
        )

    def _order(self, words: str) -> Order:
        wanted = {"best": Order.BEST, "newest": Order.NEWEST, "adopted": Order.ADOPTED}
        order = wanted[self.sort] if self.sort else Order.BEST
        return Order.NEWEST if order == Order.BEST and not words else order


class PlaceOut(Schema):
    """A municipality."""

    slug: str = Field(description='The name in addresses; "" for one that has none here.')
    name: str
    organisation_number: str = Field(description="Empty where it is not known here.")


class CaseOut(Schema):
    """A case in a list."""

    id: UUID = Field(description="Stays the same for ever, in every installation.")
    slug: str
    url: str
    kind: CaseKind
    title: str
    lead: str
    language: str
    municipality: PlaceOut = Field(description="Who looks after it now.")
    origin: PlaceOut = Field(description="Who did it, also when it has merged since.")
    innovation_kinds: list[str]
    kostra: list[str]
    los: list[str]
    los_addresses: list[str] = Field(description="The same themes by the addresses that LOS has for them.")
    sdgs: list[int]
    stage: str = Field(description="Empty where it is not told.")
    one_off_nok: int | None
    yearly_nok: int | None
    hours: int | None
    adoption_count: int = Field(description="Other municipalities that have said that it is in use there.")
    published_at: datetime
    edited_at: datetime
    review_due_on: date | None
    is_synthetic: bool


class ContactOut(Schema):
    """Whom to ask: a role, never a person."""

    role: str
    mailbox: str


class SourceOut(Schema):
    """Where a loaded case was first told."""

    name: str
    url: str
    on: str


class SectionsOut(Schema):
    """The seven sections as Markdown; empty where nothing is told."""

    need: str
    process: str
    solution: str
    effect: str
    scaling: str
    lessons: str
    contact: str


class TimelineOut(Schema):
    """Something that happened."""

    on: str
    text: str


class WholeCaseOut(CaseOut):
    """A case with everything that it tells."""

    sections: SectionsOut
    contact: ContactOut
    partners: list[str]
    video_url: str
    timeline: list[TimelineOut]
    source: SourceOut | None
    editions: int = Field(description="How many editions there are; the latest is told here.")


class OpsiOut(Schema):
    """A case as the questions of OPSI's case study library ask for it, the answers in the language of the case."""

    title: str
    country: str
    level_of_government: str
    organisation: str
    year: int | None
    language: str
    url: str
    form: dict[str, str] = Field(description="The answers by the English headings of the form.")


class CasesOut(Schema):
    """A page of cases."""

    items: list[CaseOut]
    count: int = Field(description="How many there are in all.")
    next: str | None = Field(description="Address of the next page; null on the last.")
