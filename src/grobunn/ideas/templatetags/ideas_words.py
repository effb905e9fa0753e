"""Words about ideas in templates: holders and days as people say them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from django import template
from django.forms import BoundField, ChoiceField
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from grobunn.ideas.due import due_of
from grobunn.ideas.models import Idea, RoutingRule
from grobunn.ideas.queries import life
from grobunn.ideas.sentences import sentence_of
from grobunn.ideas.states import IdeaState
from grobunn.notifications.words import absolute_url

register = template.Library()


@register.simple_tag
def holder_phrase(role: str, unit: str) -> str:
    """A role in a unit, inside a sentence."""
    return life.holder_phrase(role, unit)


@register.filter
def rule_sentence(rule: RoutingRule) -> SafeString:
    """A routing rule in one sentence."""
    return sentence_of(rule)


@register.simple_tag
def day_phrase(on: date | str | None) -> str:
    """A day as people say it; a text is an ISO date, as notices carry it."""
    if not on:
        return ""
    return life.day_phrase(date.fromisoformat(on) if isinstance(on, str) else on)


@register.simple_tag
def why_woken(data: Mapping[str, Any]) -> str:
    """Why an idea was taken out again, in a sentence. Takes: data, of the step, as notices carry it."""
    return life.why_woken(data)


_COLORS = {
    IdeaState.RECEIVED: "info",
    IdeaState.ASSESSING: "info",
    IdeaState.ASKED: "warning",
    IdeaState.PARKED: "neutral",
    IdeaState.DECLINED: "neutral",
    IdeaState.SOLVED: "success",
    IdeaState.MERGED: "neutral",
    IdeaState.STARTED: "success",
    IdeaState.WITHDRAWN: "neutral",
}


@register.simple_tag
def state_color(state: str) -> str:
    """The colour that repeats what a state's label says."""
    return _COLORS[IdeaState(state)]


@register.simple_tag
def state_label(state: str) -> str:
    """A state for people."""
    return str(IdeaState(state).label)


@register.simple_tag
def short_day(at: datetime | date) -> str:
    """A day in a list, short and quick: Django's own date filter costs half of a row."""
    day = timezone.localdate(at) if isinstance(at, datetime) else at
    return _formatted(day, get_language() or "nb")


@register.simple_tag
def idea_row(idea: Idea, slug: str) -> SafeString:
    """An idea as a row of a list, with its unit at hand; written here because a list has many."""
    facts = [idea.reference, short_day(idea.submitted_at)]
    if idea.unit is not None:
        facts.append(idea.unit.name)
    if idea.is_synthetic:
        facts.append(_("Synthetic"))
    url, state = f"{_list_url(slug)}{idea.reference}/", IdeaState(idea.state)
    return format_html(_ROW, url, idea.heading, " · ".join(facts), _COLORS[state], state.label)


_ROW = (
    '<li class="list-row" data-row>'
    '<div class="list-row__title"><a class="ds-link" href="{}" data-row-link>{}</a></div>'
    '<div class="list-row__meta">{}</div>'
    '<div class="list-row__side"><span class="ds-tag" data-color="{}">{}</span></div></li>'
)


@lru_cache(maxsize=512)
def _list_url(slug: str) -> str:
    return reverse("ideas:list", kwargs={"municipality": slug})


@register.simple_tag
def due_tag(idea: Idea) -> SafeString:
    """The tag that says how near an idea's deadline is; nothing where there is none."""
    due = due_of(idea)
    if due is None:
        return SafeString()
    words = f"{due.words} {short_day(due.on)}" if due.on else due.words
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', due.color, words)


@register.simple_tag
def step_link(idea: Idea, edge: str, here: str, *, into: str = "", solution: str = "") -> str:
    """Where a step is taken, with what is proposed for it. Takes: here, what a link carries on to find the queue."""
    where = {"municipality": idea.municipality.slug, "reference": idea.reference, "edge": edge}
    proposed = {"into": into} if into else {"solution": absolute_url(solution)}
    return f"{reverse('ideas:step', kwargs=where)}{here or '?'}{'&' if here else ''}{urlencode(proposed)}"


@register.simple_tag
def lean_control(field: BoundField) -> SafeString:
    """A choice or a line of text in a filter bar; Django's widgets make a template of each option, which costs."""
    value = str(field.value() or "")
    if not isinstance(field.field, ChoiceField):
        return format_html('<input class="ds-input" id="{}" name="{}" value="{}">', field.auto_id, field.name, value)
    choices = cast("Iterable[tuple[str, str]]", field.field.choices)
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((code, _SELECTED if code == value else "", label) for code, label in choices),
    )
    return format_html('<select class="ds-input" id="{}" name="{}">{}</select>', field.auto_id, field.name, options)


_SELECTED = SafeString(" selected")


@lru_cache(maxsize=2048)
def _formatted(day: date, language: str) -> str:
    return date_format(day, "j. N Y" if language.startswith("n") else "j M Y")
