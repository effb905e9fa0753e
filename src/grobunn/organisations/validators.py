"""What an organisation number, an address and an uploaded logo may look like."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Brønnøysundregistrene, "Om organisasjonsnummeret": weights of the first eight digits, the ninth is the check digit.
WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)

# Addresses that belong to the installation: no municipality may be called so. A test holds this against the urls.
# fmt: off
RESERVED_FOR_SITE = frozenset({
    "_", "admin", "api", "arbeid", "bilder", "demo", "docs", "drift", "eksempler", "favicon", "feil",
    "filer", "files", "healthz", "historier", "hjelp", "ideer", "kommuner", "konto", "kvittering", "lyd",
    "manifest", "media", "metrics", "mitt-arbeid", "ny", "om", "openapi", "personvern", "readyz", "robots",
    "sitemap", "sok", "sprak", "static", "sw", "t", "tilgjengelighet", "ui", "utboks", "utseende", "varsle",
    "varsler", "well-known",
})
# fmt: on

# Addresses inside a municipality: no unit may be called so. A test holds this against the urls.
# fmt: off
RESERVED_FOR_MUNICIPALITY = frozenset({
    "arbeid", "deltakelse", "eksempler", "eksport", "enheter", "filer", "fravaer", "gevinster", "historier",
    "her", "hjelp", "ideer", "initiativ", "innsikt", "kapasitet", "ko", "kull", "logo", "medvirkning", "metoder",
    "mitt-arbeid", "ny", "om", "oppsett", "panel", "paneler", "pitchdag", "plakat", "portefolje", "pris", "priser",
    "programmer", "rutiner", "ruting", "samtale", "samtaler", "sok", "statistikk", "strategi", "tavle", "tiltak",
    "utfordringer", "varsler",
})
# fmt: on


def is_organisation_number(text: str) -> bool:
    """Whether nine digits have the right check digit (modulus 11)."""
    if not re.fullmatch(r"\d{9}", text, re.ASCII):
        return False
    remainder = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, text, strict=False)) % 11
    return (11 - remainder) % 11 == int(text[8])


def validate_organisation_number(text: str) -> None:
    """Refuse what is not an organisation number."""
    if not is_organisation_number(text):
        raise ValidationError(
            _("%(number)s is not an organisation number: it has nine digits, the last of them a check digit."),
            code="organisation_number",
            params={"number": text},
        )


def validate_municipality_slug(slug: str) -> None:
    """Refuse an address that the installation uses itself."""
    if slug in RESERVED_FOR_SITE:
        raise ValidationError(_("The address /%(slug)s/ is in use by Grobunn itself."), params={"slug": slug})


def validate_unit_slug(slug: str) -> None:
    """Refuse an address that every municipality's own pages use."""
    if slug in RESERVED_FOR_MUNICIPALITY:
        raise ValidationError(_("The address %(slug)s is in use by Grobunn itself."), params={"slug": slug})
