"""The columns of the two files, and the headings by which they are known."""

from collections.abc import Sequence
from dataclasses import dataclass

from grobunn.organisations.models import Role


@dataclass(frozen=True)
class Column:
    """One column: the heading that we write, and others that we read."""

    name: str
    heading: str
    also: tuple[str, ...] = ()
    is_required: bool = False


UNIT_COLUMNS = (
    Column("external_id", "id", ("enhet-id", "enhetsid", "einingsid", "unit id", "orgnr"), is_required=True),
    Column("name", "navn", ("namn", "name", "enhet", "eining"), is_required=True),
    Column("parent", "over", ("over-id", "overordnet", "overordna", "ligger under", "parent", "parent id")),
    Column("leader_level", "ledernivå", ("leiarnivå", "nivå", "leader level", "level")),
    Column("mailbox", "postkasse", ("felles postkasse", "mailbox")),
)
PEOPLE_COLUMNS = (
    Column("email", "e-post", ("epost", "e-postadresse", "email", "e-mail"), is_required=True),
    Column("name", "navn", ("namn", "name"), is_required=True),
    Column("unit", "enhet", ("enhet-id", "eining", "eining-id", "unit", "unit id"), is_required=True),
    Column("role", "rolle", ("role",), is_required=True),
    Column("from_on", "fra", ("frå", "fra dato", "from")),
    Column("to_on", "til", ("til dato", "to", "siste dag")),
)

# The glossary's words in the three languages; a file may also hold the codes.
_ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    Role.EMPLOYEE: ("medarbeider", "medarbeidar", "ansatt", "tilsett", "employee"),
    Role.UNIT_LEADER: ("enhetsleder", "virksomhetsleder", "einingsleiar", "verksemdsleiar", "unit manager"),
    Role.DEPT_LEADER: ("avdelingsleder", "avdelingsleiar", "department manager"),
    Role.SECTOR_HEAD: ("kommunalsjef", "head of sector"),
    Role.DIRECTOR: ("direktør", "områdedirektør", "director"),
    Role.CHIEF_EXEC: ("kommunedirektør", "chief municipal executive"),
    Role.INNOVATION_ADVISER: ("innovasjonsrådgiver", "innovasjonsrådgivar", "innovation adviser"),
    Role.RND_CONTACT: ("foui-kontakt", "r&d contact"),
    Role.ELECTED: ("folkevalgt", "folkevald", "elected representative"),
    Role.UNION: ("tillitsvalgt", "tillitsvald", "union representative"),
    Role.ARCHIVIST: ("arkivar", "archivist"),
    Role.DPO: ("personvernombud", "personvernombod", "data protection officer"),
}
_ROLES = {word: role for role, words in _ROLE_WORDS.items() for word in (role.value, *words)}


def role_meant(text: str) -> Role | None:
    """The role that a cell names, in any of the three languages or by its code."""
    return _ROLES.get(" ".join(text.casefold().split()))


def role_heading(role: str) -> str:
    """The word that we write for a role."""
    return _ROLE_WORDS[Role(role)][0]


def columns_by_heading(headings: Sequence[str], columns: Sequence[Column]) -> dict[int, Column]:
    """Which place in a row holds which column; headings that mean nothing here are left out, each column comes once."""
    known = {word: column for column in columns for word in (column.heading, *column.also)}
    found: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        column = known.get(" ".join(heading.casefold().split()))
        if column is not None and column not in found.values():
            found[place] = column
    return found
