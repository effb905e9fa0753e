"""Parts that many pages show alike: each is rendered once for everything that it shows, and its HTML is kept.

A part's template gets one value, `shown`, and nothing else: no request, no user, no setting. What is kept is found by
that value alone, so it is never out of date, nothing has to be told of changes, and nobody sees what was made for
another: who sees the same HTML was to see the same (decision 0047). What is somebody's own, or new on every page,
such as a form's token, stands outside of the part.
"""

from collections.abc import Hashable
from functools import lru_cache

from django.template import loader
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

# Some hundred kB to a few MB: a part is a card or a row of choices, not a page.
_KEPT = 4096


def kept(template_name: str, shown: Hashable) -> SafeString:
    """The HTML of a part.

    Takes:   template_name, a template that needs `shown` alone; shown, equal and of one hash where it shows the same:
             frozen, of words, numbers and tuples.
    Raises:  TypeError, of what cannot be compared by its value.
    """
    return _kept(template_name, shown, translation.get_language())


@lru_cache(maxsize=_KEPT)
def _kept(template_name: str, shown: Hashable, _language: str | None) -> SafeString:
    return mark_safe(loader.get_template(template_name).render({"shown": shown}))  # noqa: S308 -- a template of ours
