"""Code lists of a case: KOSTRA functions, themes of LOS, the UN's goals; origins in `data/README.md`."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from django.utils.translation import get_language

_LOS_BASE = "https://psi.norge.no/los/"
_WORD = "ord/"


@dataclass(frozen=True)
class Theme:
    """A main theme of LOS with those below it, in the reader's language."""

    code: str
    label: str
    below: Sequence[tuple[str, str]]


def kostra_name(code: str) -> str:
    """A KOSTRA function in the reader's language; the code itself where the list does not have it."""
    return _name("kostra", code)


def los_name(code: str) -> str:
    """A theme of LOS in the reader's language; the code itself where the list does not have it."""
    return _name("los", code)


def sdg_name(number: int) -> str:
    """One of the UN's seventeen goals in the reader's language."""
    return _name("sdgs", str(number))


def kostra_choices() -> list[tuple[str, str]]:
    """KOSTRA functions with their numbers, as a form offers them."""
    return [(code, f"{code} {kostra_name(code)}") for code in _codes("kostra")]


def los_choices() -> list[tuple[str, str]]:
    """Themes of LOS, main themes and those below them, as a form takes them."""
    return [(code, los_name(code)) for code in _codes("los")]


def los_themes() -> list[Theme]:
    """The main themes of LOS, each with those below it."""
    listed = _codes("los")
    mains = [code for code, row in listed.items() if not row["broader"]]
    return [Theme(code, los_name(code), _below(code)) for code in mains]


def los_above(code: str) -> tuple[str, ...]:
    """The themes that one of LOS belongs to, all the way up, without itself; nothing for a code that is not listed."""
    row = _codes("los").get(code)
    direct = row["broader"].split() if row else []
    return tuple(dict.fromkeys(each for above in direct for each in (above, *los_above(above))))


def los_address(code: str) -> str:
    """The address by which LOS itself knows a theme."""
    return f"{_LOS_BASE}{code}" if code.startswith(_WORD) else f"{_LOS_BASE}tema/{code}"


def sdg_choices() -> list[tuple[int, str]]:
    """The UN's goals with their numbers, as a form offers them."""
    return [(int(code), f"{code}. {sdg_name(int(code))}") for code in _codes("sdgs")]


def _below(code: str) -> list[tuple[str, str]]:
    return [(each, los_name(each)) for each, row in _codes("los").items() if code in row["broader"].split()]


def _name(list_name: str, code: str) -> str:
    names = _codes(list_name).get(code)
    return names.get((get_language() or "nb")[:2], names["nb"]) if names else code


@cache
def _codes(list_name: str) -> Mapping[str, Mapping[str, str]]:
    """The names of each code by language, in the order of the list."""
    file = resources.files("grobunn.cases").joinpath("data", f"{list_name}.csv")
    with file.open(encoding="utf-8") as lines:
        return MappingProxyType({row["code"]: row for row in csv.DictReader(lines)})
