"""What goes in and out of the API of teams."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from grobunn.programmes.api.making_schemas import KEY
from grobunn.programmes.api.schemas import Words, later
from grobunn.programmes.models.teams import FormedBy

_MOST = 500
_READ = Field(ge=1, le=2**31 - 1, description="The version that was read: if it moved, nothing is done.")


class TeamIdeaOut(Schema):
    """The idea that a team works on."""

    reference: str
    heading: str


class TeamOut(Schema):
    """A team."""

    id: UUID
    slug: str
    name: str
    formed_by: FormedBy
    idea: TeamIdeaOut | None
    coach: str | None
    method: str
    method_edition: int
    phase: str = Field(description="Key of a phase of the method.")
    pitched_at: datetime | None
    version: int
    is_synthetic: bool


class ListedTeamOut(TeamOut):
    """A team as its coach sees it."""

    member_count: int
    stuck: str | None = Field(description="Why it is stuck, in a sentence; null where it is not, and for participants.")


class TeamMemberOut(Schema):
    """Somebody on a team."""

    enrolment: UUID
    name: str
    is_lead: bool


class AskedOut(Schema):
    """Something that the phase asks for."""

    sort: str
    name: str
    is_handed_in: bool


class WholeTeamOut(TeamOut):
    """A team with its members and what its phase asks for."""

    members: list[TeamMemberOut]
    asked: list[AskedOut]


class TeamIn(Schema):
    """A new team, of participants who are on none."""

    name: Words = Field(max_length=120)
    idea: Words = Field("", max_length=60, description="Reference of the idea that it works on; empty: none yet.")
    coach: Words = Field("", max_length=254, description="E-mail address of a facilitator or adviser; empty: nobody.")
    members: list[UUID] = Field(default_factory=list, max_length=_MOST, description="Places; the first one leads.")


class TeamChangeIn(Schema):
    """Another name, idea, coach, other members; what is left out stays."""

    name: Words = later()
    idea: Words = later("Empty: none. Left out: as it is.", max_length=60)
    coach: Words = later("Empty: nobody. Left out: as it is.", max_length=254)
    members: list[UUID] = later("All of them. Left out: as it is.", max_length=_MOST)
    version: int = _READ


class FormIn(Schema):
    """How teams are formed of those who are on none."""

    by: Literal["unit", "interest"]


class WishesIn(Schema):
    """Ideas that the caller would like to work on, the first wish first; what was said before is replaced."""

    ideas: list[Words] = Field(max_length=3, description="References.")


class PhaseIn(Schema):
    """Another phase of the method."""

    phase: Words = Field(max_length=60)
    version: int = _READ


class HandInIn(Schema):
    """What a team hands in; handed in again, it is another edition."""

    sort: Words = Field(max_length=60, description="What it is, by its key in the method.")
    text: Words = Field(max_length=20_000)
    key: UUID | None = KEY


class HandInFileOut(Schema):
    """A file that was handed in."""

    name: str
    size: int = Field(description="In bytes.")


class HandInOut(Schema):
    """What a team handed in."""

    id: UUID
    phase: str
    sort: str
    edition: int
    text: str
    file: HandInFileOut | None
    made_by: str | None
    made_at: datetime


class TeamCommentIn(Schema):
    """Something said about a team's work."""

    text: Words = Field(max_length=10_000)
    key: UUID | None = KEY


class TeamCommentOut(Schema):
    """What somebody said about a team's work."""

    id: UUID
    text: str = Field(description="Empty where it is removed.")
    by: str
    made_at: datetime
    is_removed: bool
