"""Themes and words of LOS as a page offers them: those chosen first, then the tree, and a name to type."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from django.utils.translation import gettext as _

from grobunn.cases import codes
from grobunn.organisations.queries import norwegian_order


@dataclass(frozen=True)
class ThemeBox:
    """A theme or a word, to be chosen. Takes: number, its own on the page."""

    code: str
    label: str
    number: int


@dataclass(frozen=True)
class ThemeGroup:
    """A theme with what is right below it, but for what is chosen already; nothing in `whole` where it is itself."""

    label: str
    whole: ThemeBox | None
    words: Sequence[ThemeBox]


@dataclass(frozen=True)
class MainTheme:
    """A main theme: itself with its own words, then each theme below it."""

    top: ThemeGroup
    groups: Sequence[ThemeGroup]


@dataclass(frozen=True)
class ThemesShown:
    """Takes: chosen, in their order; mains, everything else; names, all that can be typed."""

    chosen: Sequence[ThemeBox]
    mains: Sequence[MainTheme]
    names: Sequence[str]


def themes_shown(chosen: Sequence[str]) -> ThemesShown:
    """LOS as a page offers it in the reader's language. Takes: chosen, the codes that are."""
    numbers = count(1)
    boxes = [ThemeBox(code, codes.los_name(code), next(numbers)) for code in dict.fromkeys(chosen)]
    mains = [_main(theme, frozenset(chosen), numbers) for theme in codes.los_themes()]
    names = sorted({label for _code, label in codes.los_choices()}, key=norwegian_order)
    return ThemesShown(boxes, mains, names)


def _main(theme: codes.Theme, chosen: Collection[str], numbers: Iterator[int]) -> MainTheme:
    words = [each for each in theme.below if not _is_theme(each)]
    top = _group(codes.Theme(theme.code, theme.label, words), chosen, numbers)
    return MainTheme(top, [_group(each, chosen, numbers) for each in theme.below if _is_theme(each)])


def _group(theme: codes.Theme, chosen: Collection[str], numbers: Iterator[int]) -> ThemeGroup:
    whole = None if theme.code in chosen else ThemeBox(theme.code, theme.label, next(numbers))
    words = sorted(
        (each for each in theme.below if each.code not in chosen), key=lambda each: norwegian_order(each.label)
    )
    return ThemeGroup(theme.label, whole, [ThemeBox(each.code, each.label, next(numbers)) for each in words])


def _is_theme(theme: codes.Theme) -> bool:
    return not codes.is_word(theme.code)


def not_in_los(name: str) -> str:
    """What is said of a name that LOS does not have, with those near it."""
    near = codes.los_near(name)
    if not near:
        return _("LOS has nothing called “%(name)s”. Try another word, or look below.") % {"name": name}
    return _("LOS has nothing called “%(name)s”. It has: %(near)s.") % {"name": name, "near": ", ".join(near)}
