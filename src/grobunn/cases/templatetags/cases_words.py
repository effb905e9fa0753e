"""Words about cases in templates."""

from django import template
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grobunn.cases.models import Case, Stage
from grobunn.cases.telling import hours, money

register = template.Library()


@register.simple_tag
def case_path(case: Case) -> str:
    """The address of a case."""
    return reverse("cases:case", kwargs={"slug": case.slug})


@register.simple_tag
def case_meta(case: Case) -> SafeString:
    """Where it was done, what it cost, how far it has come: the small line of a list."""
    place = case.municipality.name
    if case.origin_id != case.municipality_id:
        place = _("%(place)s (originally %(origin)s)") % {"place": place, "origin": case.origin.name}
    words = [place]
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
def compared_title(cases: list[Case], place: int) -> str:
    """The title of the case that a cell belongs to, for a phone where columns stand below each other."""
    return cases[place].title
