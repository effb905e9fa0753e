"""Code lists of a case: KOSTRA functions, themes and words of LOS, the UN's goals; origins in `data/README.md`."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from types import MappingProxyType

from django.utils.translation import get_language

_LOS_BASE = "https://psi.norge.no/los/"
_WORD = "ord/"
_LANGUAGES = ("nb", "nn", "en")
# How many names are suggested for one that is not in the list, and how alike two words must be (0–1).
_MOST_NEAR = 5
_LEAST_ALIKE = 0.75


@dataclass(frozen=True)
class Theme:
    """A theme of LOS in the reader's language, with the themes and the words below it."""

    code: str
    label: str
    below: Sequence["Theme"]


def kostra_name(code: str) -> str:
    """A KOSTRA function in the reader's language; the code itself where the list does not have it."""
    return _name("kostra", code)


def los_name(code: str) -> str:
    """A theme or a word of LOS in the reader's language; the code itself where the list does not have it."""
    return _name("los", code)


def los_names(code: str) -> tuple[str, ...]:
    """What LOS calls a theme or a word in each of its languages; nothing for a code that is not listed."""
    row = _codes("los").get(code)
    return tuple(dict.fromkeys(row[language] for language in _LANGUAGES)) if row else ()


def sdg_name(number: int) -> str:
    """One of the UN's seventeen goals in the reader's language."""
    return _name("sdgs", str(number))


def kostra_choices() -> list[tuple[str, str]]:
    """KOSTRA functions with their numbers, as a form offers them."""
    return [(code, f"{code} {kostra_name(code)}") for code in _codes("kostra")]


def los_choices() -> list[tuple[str, str]]:
    """Everything in LOS, main themes, those below them and words, as a form takes them."""
    return [(code, los_name(code)) for code in _codes("los")]


def los_themes() -> list[Theme]:
    """The main themes of LOS, each with the themes and the words below it. A word that has several stands in each."""
    return [_theme(code) for code in los_mains()]


def is_word(code: str) -> bool:
    """Whether a code of LOS is that of a word, not of a theme."""
    return code.startswith(_WORD)


def los_mains() -> tuple[str, ...]:
    """The codes of the main themes of LOS."""
    return _los_below()[""]


def los_below(code: str) -> tuple[str, ...]:
    """The codes of the themes and words right below a theme of LOS."""
    return _los_below().get(code, ())


def los_code(name: str) -> str | None:
    """What LOS calls so in any of its languages, the reader's first; a theme before a word of the same name."""
    wanted = " ".join(name.split()).casefold()
    by_name = _los_by_name()
    return next((by_name[each][wanted] for each in (_language(), *_LANGUAGES) if wanted in by_name[each]), None)


def los_near(name: str) -> list[str]:
    """Up to five names of LOS in the reader's language that are like a name: those that have it in them come first."""
    wanted = " ".join(name.split()).casefold()
    names = {label.casefold(): label for _code, label in los_choices()}
    having = [label for folded, label in names.items() if wanted and wanted in folded]
    alike = [names[folded] for folded in get_close_matches(wanted, names, n=_MOST_NEAR, cutoff=_LEAST_ALIKE)]
    return list(dict.fromkeys((*having, *alike)))[:_MOST_NEAR]


def los_above(code: str) -> tuple[str, ...]:
    """The themes that one of LOS belongs to, all the way up, without itself; nothing for a code that is not listed."""
    row = _codes("los").get(code)
    direct = row["broader"].split() if row else []
    return tuple(dict.fromkeys(each for above in direct for each in (above, *los_above(above))))


def los_address(code: str) -> str:
    """The address by which LOS itself knows a theme."""
    return f"{_LOS_BASE}{code}" if is_word(code) else f"{_LOS_BASE}tema/{code}"


def sdg_choices() -> list[tuple[int, str]]:
    """The UN's goals with their numbers, as a form offers them."""
    return [(int(code), f"{code}. {sdg_name(int(code))}") for code in _codes("sdgs")]


def _theme(code: str) -> Theme:
    return Theme(code, los_name(code), [_theme(each) for each in los_below(code)])


def _name(list_name: str, code: str) -> str:
    names = _codes(list_name).get(code)
    return names[_language()] if names else code


def _language() -> str:
    """The reader's language where the lists have it, else bokmål."""
    language = (get_language() or "")[:2]
    return language if language in _LANGUAGES else _LANGUAGES[0]


@cache
def _los_below() -> Mapping[str, tuple[str, ...]]:
    """The codes right below each theme, the main themes under ""; themes before words, as the list has them."""
    below: dict[str, list[str]] = {}
    for code, row in _codes("los").items():
        for above in row["broader"].split() or ("",):
            below.setdefault(above, []).append(code)
    return MappingProxyType({above: tuple(codes) for above, codes in below.items()})


@cache
def _los_by_name() -> Mapping[str, Mapping[str, str]]:
    """Codes by name in each language. The list has themes before words, and the first of a name keeps it."""
    named: dict[str, dict[str, str]] = {language: {} for language in _LANGUAGES}
    for code, row in _codes("los").items():
        for language in _LANGUAGES:
            named[language].setdefault(row[language].casefold(), code)
    return MappingProxyType(named)


@cache
def _codes(list_name: str) -> Mapping[str, Mapping[str, str]]:
    """The names of each code by language, in the order of the list."""
    file = resources.files("grobunn.cases").joinpath("data", f"{list_name}.csv")
    with file.open(encoding="utf-8") as lines:
        return MappingProxyType({row["code"]: row for row in csv.DictReader(lines)})
