"""Reasons in plain words to start an answer from: what comes with Grobunn, as the municipality has made it its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from uuid import UUID

from grobunn.ideas.models import ReasonTemplate
from grobunn.ideas.packaged import packaged_yaml
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import norwegian_order
from grobunn.ui.languages import OWN_NAMES

# The steps that ready reasons go with, in the order in which people look for them.
EDGES = ("decline", "park", "solve", "start", "ask", "merge")


@dataclass(frozen=True)
class Reason:
    """One reason.

    Takes: code, what addresses and forms call it: the key of a ready-made one, else the id of its row; is_own, whether
           the municipality wrote it; is_changed, whether it is a ready-made one with other words; is_removed, whether
           it is no longer offered.
    """

    code: str
    language: str
    edge: str
    name: str
    text: str
    is_own: bool = False
    is_changed: bool = False
    is_removed: bool = False

    @property
    def mark(self) -> str:
        """The same as long as nobody changes it: what a page sends back."""
        return sha256(repr((self.name, self.text, self.is_removed)).encode()).hexdigest()


@cache
def ready_made(language: str) -> Mapping[str, Reason]:
    """The reasons that come with Grobunn in a language, by key."""
    given = packaged_yaml("reasons", "ready_made.yaml")[language]
    return {
        one["key"]: Reason(
            code=one["key"], language=language, edge=one["edge"], name=one["name"], text=one["text"].strip()
        )
        for one in given
    }


def reasons_of(municipality_id: UUID, language: str) -> list[Reason]:
    """Every reason of a municipality in a language, those that it removed too; by name; one SQL."""
    rows = list(ReasonTemplate.objects.filter(municipality_id=municipality_id, language=language))
    touched = {row.ready_made for row in rows}
    taken = {(row.edge, row.name) for row in rows if not row.is_removed}
    untouched = (
        reason
        for reason in ready_made(language).values()
        # A municipality's own reason of the same name says it better.
        if reason.code not in touched and (reason.edge, reason.name) not in taken
    )
    return sorted([*untouched, *_made_own(rows, language)], key=lambda reason: norwegian_order(reason.name))


def reason_of(municipality_id: UUID, language: str, code: str) -> Reason | None:
    """One reason by its code; one SQL."""
    return next((reason for reason in reasons_of(municipality_id, language) if reason.code == code), None)


def reasons_for(municipality: Municipality, edge: str, *, language: str = "") -> list[Reason]:
    """Reasons to start an answer from: in the writer's language first, then in the municipality's own.

    Takes: language, the writer's; empty for the municipality's alone. What is not in the municipality's language says
           so after its name.
    """
    own = municipality.language
    languages = [language, own] if language in OWN_NAMES and language != own else [own]
    return [
        _named(reason, own)
        for each in languages
        for reason in reasons_of(municipality.pk, each)
        if reason.edge == edge and not reason.is_removed
    ]


def _made_own(rows: Iterable[ReasonTemplate], language: str) -> Iterable[Reason]:
    """What stands in a municipality's rows; a ready-made text that is gone from Grobunn stays as one of its own."""
    known = ready_made(language)
    for row in rows:
        original = known.get(row.ready_made)
        yield Reason(
            code=row.ready_made if original is not None else str(row.pk),
            language=row.language,
            edge=row.edge,
            name=row.name,
            text=row.text,
            is_own=original is None,
            is_changed=original is not None and (row.name, row.text) != (original.name, original.text),
            is_removed=row.is_removed,
        )


def _named(reason: Reason, own_language: str) -> Reason:
    if reason.language == own_language:
        return reason
    return replace(reason, name=f"{reason.name} ({OWN_NAMES[reason.language]})")
