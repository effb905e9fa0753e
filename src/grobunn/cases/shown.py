"""A case as other systems read it: the API's fields, the table of CSV, OPSI's form."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import translation

from grobunn.cases.addresses import case_address
from grobunn.cases.codes import los_address
from grobunn.cases.models import Case, InnovationKind, Stage
from grobunn.cases.sections import Section
from grobunn.organisations.models import Municipality

CSV_COLUMNS = (
    "id", "url", "title", "lead", "kind", "municipality", "origin", "language", "innovation_kinds", "kostra", "los",
    "stage", "one_off_nok", "yearly_nok", "hours", "adoption_count", "published_at", "edited_at", "is_synthetic",
)  # fmt: skip

# The headings of the form that the case study library of OPSI (OECD) asks its questions under, and which of the seven
# sections answers each; the form asks more, which is left for whoever sends it in.
OPSI_HEADINGS: Mapping[str, Section] = {
    "Problem and context": Section.NEED,
    "Design and development process": Section.PROCESS,
    "Innovation description": Section.SOLUTION,
    "Results, outcomes and impacts": Section.EFFECT,
    "Replication and scaling": Section.SCALING,
    "Challenges, failures and lessons learned": Section.LESSONS,
    "Contact": Section.CONTACT,
}


def case_fields(case: Case) -> dict[str, Any]:
    """A case as lists of the API have it."""
    names = (
        "id", "slug", "kind", "title", "lead", "language", "innovation_kinds", "kostra", "los", "sdgs", "stage",
        "one_off_nok", "yearly_nok", "hours", "adoption_count", "published_at", "edited_at", "review_due_on",
        "is_synthetic",
    )  # fmt: skip
    return {
        **{name: getattr(case, name) for name in names},
        "los_addresses": [los_address(code) for code in case.los],
        "url": case_address(case),
        "municipality": _place(case.municipality),
        "origin": _place(case.origin),
    }


def whole_case_fields(case: Case, *, editions: int) -> dict[str, Any]:
    """A case with everything that it tells. Takes: editions, how many there are."""
    source = {"name": case.source_name, "url": case.source_url, "on": case.source_on}
    return {
        **case_fields(case),
        "sections": {section.value: getattr(case, section.value) for section in Section},
        "contact": {"role": case.contact_role, "mailbox": case.contact_mailbox},
        "partners": case.partners,
        "video_url": case.video_url,
        "timeline": case.timeline,
        "source": source if case.source_name else None,
        "editions": editions,
    }


def csv_row(case: Case) -> Sequence[str]:
    """A case as a row of CSV_COLUMNS; several values are parted by a semicolon."""
    fields = case_fields(case) | {"municipality": case.municipality.name, "origin": case.origin.name}
    return [_cell(fields[name]) for name in CSV_COLUMNS]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def opsi_form(case: Case) -> dict[str, Any]:
    """A case under the headings of OPSI's form."""
    with translation.override("en"):
        facts = {
            "Innovation type": ", ".join(str(InnovationKind(kind).label) for kind in case.innovation_kinds),
            "Stage of the innovation": str(Stage(case.stage).label) if case.stage else "",
        }
    told = {heading: getattr(case, section.value) for heading, section in OPSI_HEADINGS.items()}
    return {
        "title": case.title,
        "country": "Norway",
        "level_of_government": "Local government",
        "organisation": case.origin.name,
        "year": case.published_at.year if case.published_at else None,
        "language": case.language,
        "url": case_address(case),
        "form": {"Short summary": case.lead, **told, **facts, "Partners": ", ".join(case.partners)},
    }


def opsi_markdown(case: Case) -> str:
    """The same as a text to read and to paste from."""
    form = opsi_form(case)
    head = (
        f"# {form['title']}\n\n{form['organisation']}, {form['country']} ({form['level_of_government']})\n{form['url']}"
    )
    parts = [f"## {heading}\n\n{answer}" for heading, answer in form["form"].items() if answer]
    return "\n\n".join([head, *parts]) + "\n"


def _place(municipality: Municipality) -> dict[str, str]:
    return {
        "slug": municipality.slug,
        "name": municipality.name,
        "organisation_number": municipality.organisation_number,
    }
