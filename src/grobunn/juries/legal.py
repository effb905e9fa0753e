"""The rules of impartiality by edition: what a declaration and a decision refer to."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LegalBasis:
    """One edition of the law.

    Takes: key, kept in rows; name and paragraphs, as the protocol prints them; from_on, None where it is not known.
    """

    key: str
    name: str
    paragraphs: str
    from_on: date | None


# The Act of 2025 was passed; when it comes into force is not verified. It is added here on that day.
EDITIONS = (
    LegalBasis(
        key="fvl-1967",
        name="Lov om behandlingsmåten i forvaltningssaker (forvaltningsloven) av 10. februar 1967",
        paragraphs="§§ 6–10",
        from_on=date(1970, 1, 1),
    ),
)
CURRENT = EDITIONS[-1]


def legal_basis(key: str) -> LegalBasis:
    """An edition by its key. Raises: KeyError."""
    return {edition.key: edition for edition in EDITIONS}[key]
