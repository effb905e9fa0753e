"""Words about cases in templates."""

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grobunn.cases.models import Case, Stage
from grobunn.cases.queries.listing import ListedCase
from grobunn.cases.telling import hours, moment_words, money
from grobunn.cases.views.library.narrowing import Choice
from grobunn.ui.templatetags.grobunn import icon

register = template.Library()
register.filter(moment_words)

# The first page has a hundred, and everybody sees it.
_KEPT_CHOICES = 4096


@register.simple_tag
def case_path(case: Case | ListedCase) -> str:
    """The address of a case."""
    return reverse("cases:case", kwargs={"slug": case.slug})


@register.simple_tag
def case_meta(case: ListedCase) -> SafeString:
    """Where it was done, what it cost, how far it has come: the small line of a list."""
    words = [case.place]
    if case.origin:
        words = [_("%(place)s (originally %(origin)s)") % {"place": case.place, "origin": case.origin}]
    if case.one_off_nok is not None:
        words.append(_("%(amount)s to introduce") % {"amount": money(case.one_off_nok)})
    if case.yearly_nok is not None:
        words.append(_("%(amount)s a year") % {"amount": money(case.yearly_nok)})
    if case.hours is not None:
        words.append(hours(case.hours))
    if case.stage:
        words.append(str(Stage(case.stage).label))
    return format_html_join("", "<span>{}</span>", ([word] for word in words))


@register.simple_tag
def facet_choices(choices: Sequence[Choice]) -> SafeString:
    """The values of a facet as links. Written here: a page has a hundred, which as templates were half of its cost."""
    language = get_language()
    return mark_safe("".join(_choice(choice, language) for choice in choices))  # noqa: S308 -- escaped below


@lru_cache(maxsize=_KEPT_CHOICES)
def _choice(choice: Choice, _language: str | None) -> str:
    place = f' class="facets__below facets__below--{choice.depth}"' if choice.depth else ""
    current, mark, chosen = "", "", ""
    if choice.is_chosen:
        current, mark = ' aria-current="true"', icon("Checkmark")
        chosen = format_html('<span class="hidden-visually"> {}</span>', _("(chosen; press to remove)"))
    label, query = escape(choice.label), escape(choice.query)
    return (
        f'<li{place}><a class="facets__choice" href="?{query}"{current}><span>{mark}{label}</span> '
        f'<span class="facets__count">{localize(choice.count)}</span>{chosen}</a></li>'
    )


@register.simple_tag
def compared_title(cases: list[Case], place: int) -> str:
    """The title of the case that a cell belongs to, for a phone where columns stand below each other."""
    return cases[place].title
