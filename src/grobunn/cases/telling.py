"""A case as its readers meet it: the seven sections in their order, and the facts in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from grobunn.cases.codes import kostra_name, los_name, sdg_name
from grobunn.cases.models import Case, InnovationKind, Stage
from grobunn.cases.sections import Section
from grobunn.organisations.models import Municipality
from grobunn.ui import dates, languages, markdown

# The sections stand under headings of the second rank; what a writer marks as a heading comes below.
_RANK_IN_SECTION = 3


@dataclass(frozen=True)
class SectionTold:
    """One of the seven sections. Takes: html, empty where nothing is told; missing, what is said in its place."""

    code: str
    label: str
    html: SafeString
    missing: str


@dataclass(frozen=True)
class Fact:
    """A fact and its value, as people say them."""

    label: str
    value: str


def sections_of(told: Case) -> list[SectionTold]:
    """The seven sections, always all of them and always in this order."""
    missing = missing_words(told)
    return [SectionTold(section.value, str(section.label), _html_of(told, section), missing) for section in Section]


def missing_words(told: Case) -> str:
    """What is said where a section is empty."""
    return _("Not mentioned in the source.") if told.source_name else _("Nothing has been written about this yet.")


def _html_of(told: Case, section: Section) -> SafeString:
    text = getattr(told, section.value).strip()
    return markdown.html(text, _RANK_IN_SECTION) if text else SafeString("")


def tells_its_cost(told: Case) -> bool:
    """Whether anything is known of money or work; else one sentence says so, in place of three empty boxes."""
    return any(amount is not None for amount in (told.one_off_nok, told.yearly_nok, told.hours))


def key_facts_of(told: Case) -> list[Fact]:
    """What a neighbour asks first: what it costs, what work it is, how far it has come."""
    return [
        Fact(_("Cost to introduce"), money(told.one_off_nok)),
        Fact(_("Cost a year"), money(told.yearly_nok)),
        Fact(_("Work to introduce it"), hours(told.hours)),
        Fact(_("How far it has come"), stage_words(told) or pgettext("amount", "Not stated")),
    ]


def facts_of(told: Case) -> list[Fact]:
    """The rest of the facts; what nobody has said is left out. How far it has come is told once: here or above."""
    facts = [
        Fact(_("How far it has come"), "" if tells_its_cost(told) else stage_words(told)),
        Fact(_("Size of the municipality"), size_words(told.origin)),
        Fact(_("Kind of innovation"), _listed(InnovationKind(kind).label for kind in told.innovation_kinds)),
        Fact(_("KOSTRA functions"), _listed(kostra_words(code) for code in told.kostra)),
        Fact(_("Themes"), _listed(los_name(code) for code in told.los)),
        Fact(_("UN sustainable development goals"), _listed(f"{number}. {sdg_name(number)}" for number in told.sdgs)),
        Fact(_("Together with"), _listed(told.partners)),
        Fact(_("Written in"), languages.OWN_NAMES.get(told.language, "") if told.language != get_language() else ""),
    ]
    return [fact for fact in facts if fact.value]


def stage_words(told: Case) -> str:
    """How far it has come; empty where nobody has said."""
    return str(Stage(told.stage).label) if told.stage else ""


def kostra_words(code: str) -> str:
    """A KOSTRA function with its number and name; the number alone where the list does not have it."""
    name = kostra_name(code)
    return code if name == code else f"{code} {name}"


def money(amount_nok: int | None) -> str:
    """An amount in whole kroner; said plainly where nobody has told it."""
    if amount_nok is None:
        return pgettext("amount", "Not stated")
    if amount_nok == 0:
        return pgettext("amount", "Nothing")
    return _("%(amount)s kroner") % {"amount": number_format(amount_nok)}


def hours(count: int | None) -> str:
    """Hours of work; said plainly where nobody has told them."""
    if count is None:
        return pgettext("amount", "Not stated")
    number = number_format(count)
    return ngettext("%(number)s hour", "%(number)s hours", count) % {"number": number}


def moment_words(on: str) -> str:
    """When something in a timeline was, as people say it: a year, or a month as its name. Takes: 2016 or 2016-08."""
    parts = on.split("-")
    return dates.month(date(int(parts[0]), int(parts[1]), 1)) if len(parts) == 2 else on


def size_words(municipality: Municipality) -> str:
    """How many live there, as an exact number where it is known."""
    if municipality.population is None:
        return ""
    number = number_format(municipality.population)
    return ngettext("%(number)s inhabitant", "%(number)s inhabitants", municipality.population) % {"number": number}


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)
