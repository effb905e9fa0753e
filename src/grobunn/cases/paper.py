"""A case on paper: a tagged PDF in the language of the case."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from grobunn.cases.addresses import case_address
from grobunn.cases.models import Case, Picture
from grobunn.cases.queries.published import contact_name, pictures_of
from grobunn.cases.sections import Section
from grobunn.cases.telling import facts_of, key_facts_of, missing_words, moment_words, tells_its_cost
from grobunn.ui import dates, markdown, pdf


def case_pdf(case: Case) -> bytes:
    """The PDF of a published case, with its pictures."""
    pictures = [
        (f"{number}{PurePath(str(picture.file.name)).suffix}", picture)
        for number, picture in enumerate(pictures_of(case))
    ]
    files = {name: _read(picture) for name, picture in pictures}
    with translation.override(case.language):
        return pdf.compile("cases/case", _data(case, pictures), files=files)


def _read(picture: Picture) -> bytes:
    with picture.file.open("rb") as file:
        content: bytes = file.read()
    return content


def _data(case: Case, pictures: Sequence[tuple[str, Picture]]) -> dict[str, Any]:
    return {
        "title": case.title,
        "language": case.language,
        "kind": pgettext("found case", "Learning") if case.is_learning else pgettext("found case", "Example"),
        "place": _place(case),
        "lead": case.lead,
        "notes": _notes(case),
        "key_facts": [asdict(fact) for fact in key_facts_of(case)] if tells_its_cost(case) else [],
        "facts": [asdict(fact) for fact in facts_of(case)],
        "facts_title": _("Facts"),
        "sections": [_section(case, section) for section in Section],
        "contact": _contact(case),
        "pictures_title": _("Pictures"),
        "pictures": [
            {"file": name, "alt": picture.alternative_text, "caption": picture.caption} for name, picture in pictures
        ],
        "timeline_title": _("Timeline"),
        "timeline": [{"on": moment_words(moment["on"]), "text": moment["text"]} for moment in case.timeline],
        "source": _source(case),
        "address": case_address(case),
        "address_words": _("The example as it is now:"),
    }


def _section(case: Case, section: Section) -> dict[str, Any]:
    text = getattr(case, section.value)
    # The contact is told below, whatever is said about it.
    missing = "" if section == Section.CONTACT else missing_words(case)
    return {"title": str(section.label), "blocks": markdown.blocks(text), "missing": missing}


def _place(case: Case) -> str:
    if case.origin_id == case.municipality_id:
        return case.municipality.name
    return _("%(place)s (originally %(origin)s)") % {"place": case.municipality.name, "origin": case.origin.name}


def _notes(case: Case) -> list[str]:
    notes = []
    if case.is_synthetic:
        notes.append(_("Synthetic: made up for the demonstration"))
    if case.is_review_overdue:
        notes.append(
            _("Nobody has checked since %(day)s whether this still holds. Ask the municipality before you build on it.")
            % {"day": dates.day(case.review_due_on)}
        )
    if case.is_learning:
        notes.append(_("It did not work, and they say why."))
    return notes


def _contact(case: Case) -> list[str]:
    unit = f", {case.contact_unit.name}" if case.contact_unit else ""
    role = f"{case.get_contact_role_display()}{unit}, {case.municipality.name}"
    return [line for line in (contact_name(case), role, case.contact_mailbox) if line]


def _source(case: Case) -> list[str]:
    word = _("Taken into the library %(day)s") if case.is_as_loaded else _("Last changed %(day)s")
    lines = [word % {"day": dates.day(case.edited_at)}]
    if case.source_name:
        when = f" ({case.source_on})" if case.source_on else ""
        lines.append(_("Source: %(name)s") % {"name": case.source_name} + when)
    return lines
