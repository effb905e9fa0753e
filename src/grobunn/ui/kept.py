"""Parts that many pages show alike: each is rendered once for everything that it shows, and its HTML is kept.

A part's template gets one value, `shown`, and nothing else: no request, no user, no setting. What is kept is found by
that value alone, so it is never out of date, nothing has to be told of changes, and nobody sees what was made for
another: who sees the same HTML was to see the same (decision 0047). What is somebody's own, or new on every page,
such as a form's token or an object's address, is not kept: the template leaves a hole for it, `{{ holes.token }}`, and
the page fills it, `{% kept "feature/_part.html" value token=csrf_token %}`.
"""

import re
from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.template import loader
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from grobunn.kernel import ids

# Some hundred kB to a few MB: a part is a card or a row of choices.
_KEPT = 4096
# Also a few MB: a large part is half a page.
_KEPT_LARGE = 128
# A hole is a word that nobody can know, so no text that somebody wrote can be taken for one.
_SIGN = ids.new_secret()
_HOLE = re.compile(f"hole-{re.escape(_SIGN)}-([a-z_]+)-hole")

# HTML cut at its holes: text, name of a hole, text, name of a hole, …, text.
Cut = tuple[str, ...]


class _Holes:
    """The holes of a template, by whatever name it gives them."""

    def __getitem__(self, name: str) -> str:
        return hole(name)


def kept(template_name: str, shown: Hashable, *, is_large: bool = False, **fillings: Any) -> SafeString:
    """The HTML of a part.

    Takes:   template_name, a template that needs `shown` alone; shown, equal and of one hash where it shows the same:
             frozen, of words, numbers and tuples; is_large, of tens of kB, so that fewer are kept; fillings, what
             goes into the template's holes, by name.
    Raises:  TypeError, of what cannot be compared by its value; ImproperlyConfigured, of a hole that is not filled.
    """
    found = (_kept_large if is_large else _kept)(template_name, shown, translation.get_language())
    return filled(found, fillings)


def hole(name: str) -> str:
    """The word that stands in kept HTML where something is filled in. Takes: name, of small letters and `_`."""
    return f"hole-{_SIGN}-{name}-hole"


def cut(html: str) -> Cut:
    """HTML cut at its holes, ready to be filled many times."""
    return tuple(_HOLE.split(html))


def filled(html: Cut, fillings: Mapping[str, Any]) -> SafeString:
    """Kept HTML with what goes into its holes, escaped unless it is HTML. Raises: ImproperlyConfigured."""
    if len(html) == 1:
        return mark_safe(html[0])  # noqa: S308 -- a template of ours
    words = {name: str(conditional_escape(value)) for name, value in fillings.items()}
    if missing := set(html[1::2]) - words.keys():
        raise ImproperlyConfigured(f"Nothing is given for the holes {', '.join(sorted(missing))}.")
    parts = [words[part] if place % 2 else part for place, part in enumerate(html)]
    return mark_safe("".join(parts))  # noqa: S308 -- a template of ours, and escaped


def _rendered(template_name: str, shown: Hashable, _language: str | None) -> Cut:
    return cut(loader.get_template(template_name).render({"shown": shown, "holes": _Holes()}))


_kept = lru_cache(maxsize=_KEPT)(_rendered)
_kept_large = lru_cache(maxsize=_KEPT_LARGE)(_rendered)
