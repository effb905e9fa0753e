"""The fields of an idea as they stand in files: their names, what they hold, and what others call them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Field:
    """One column of a file.

    Takes: about, what it holds; others, names that other systems give it, in small letters and digits only.
    """

    name: str
    about: str
    others: frozenset[str] = frozenset()


def _field(name: str, about: str, *others: str) -> Field:
    return Field(name, about, frozenset(others))


FIELDS = (
    _field(
        "external_id",
        "The row's own id: the same id again is the same idea",
        *("id", "nr", "nummer", "number", "saksnummer", "ideid", "ideanr", "idenr", "guid", "uuid", "key"),
    ),
    _field("reference", "The reference of an idea that was exported from here"),
    _field("title", "A heading", "tittel", "overskrift", "navn", "namn", "name", "heading", "emne", "subject"),
    _field(
        "text",
        "The idea itself; where it is empty, the title is the idea",
        *(
            "tekst",
            "beskrivelse",
            "beskriving",
            "skildring",
            "description",
            "ide",
            "idé",
            "idea",
            "forslag",
            "framlegg",
        ),
        *("innhold", "innhald", "body", "content"),
    ),
    _field("kind", "What sort of change it is", "type", "kategori", "category"),
    _field("state", "Where it is", "status", "tilstand"),
    _field("visibility", "Who may read it", "synlighet", "synlegheit"),
    _field("unit", "Short name, id or name of the unit that it came from", "enhet", "eining", "avdeling", "department"),
    _field("language", "nb, nn, en or another two-letter code", "språk", "spraak", "sprak"),
    _field(
        "submitted_at",
        "When it was written",
        *(
            "dato",
            "date",
            "created",
            "createdat",
            "opprettet",
            "oppretta",
            "innsendt",
            "sendtinn",
            "mottatt",
            "motteken",
        ),
    ),
    _field("state_since", "Since when it is in its state", "endret", "endra", "updatedat", "besvart", "svart"),
    _field("reason", "The answer's words", "begrunnelse", "grunngjeving", "svar", "answer", "tilbakemelding"),
    _field("parked_until", "parked: the day on which it comes back", "parkerttil"),
    _field("parked_condition", "parked: what would wake it earlier"),
    _field("solution", "solved: where the solution is", "løsning", "løysing"),
    _field("merged_into", "merged: id or reference of the idea that goes on", "slåttsammenmed"),
    _field("is_synthetic", "Whether it was made up for a demonstration", "syntetisk"),
)
NAMES = tuple(field.name for field in FIELDS)
