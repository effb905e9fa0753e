"""Panels as the API shows them: to each caller what the pages show them."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django_scopes import scope, scopes_disabled

from grobunn.juries.addresses import panel_page
from grobunn.juries.grounds import Standing
from grobunn.juries.models import Criterion, Entry, Panel
from grobunn.juries.queries.overview import EntrySeen, entries_seen, members_seen, name_of
from grobunn.juries.queries.parties import parties_by_entry
from grobunn.kernel import permissions


def panel_or_404(request: HttpRequest, panel_id: str) -> Panel:
    """A panel by id or reference, if the caller may see it. Raises: Http404."""
    with scopes_disabled():
        panels, pk = Panel.objects.select_related("municipality"), _id(panel_id)
        panel = panels.filter(reference=panel_id).first() if pk is None else panels.filter(pk=pk).first()
    if panel is None or not permissions.is_allowed("juries.see", request.user, panel):
        raise Http404
    return panel


def entry_or_404(panel: Panel, entry_id: UUID) -> Entry:
    """An entry of the panel that is judged; whether the caller may open it is asked apart. Raises: Http404."""
    with scope(municipality=panel.municipality_id):
        entry = Entry.objects.judged().filter(panel=panel, pk=entry_id).first()
    if entry is None:
        raise Http404
    entry.panel = panel
    return entry


def shown(request: HttpRequest, panel: Panel) -> dict[str, Any]:
    """A panel in a list."""
    names = ("id", "reference", "name", "state", "occasion", "meets_on", "is_synthetic")
    return {**{name: getattr(panel, name) for name in names}, "url": request.build_absolute_uri(panel_page(panel))}


def whole(request: HttpRequest, panel: Panel) -> dict[str, Any]:
    """A panel with its people, criteria and entries, as the caller may see it."""
    with scope(municipality=panel.municipality_id):
        return {
            **shown(request, panel),
            **{name: getattr(panel, name) for name in ("purpose", "peek", "is_pairwise")},
            "members": [_member(each) for each in members_seen(panel)],
            "criteria": list(Criterion.objects.filter(panel=panel)),
            "entries": _entries(request, panel),
        }


def _member(each: Any) -> dict[str, Any]:
    member = each.member
    return {
        "id": member.pk,
        "name": name_of(member),
        "part": member.part,
        "title": member.title,
        "has_declared": each.has_declared,
    }


def _entries(request: HttpRequest, panel: Panel) -> list[dict[str, Any]]:
    seen = entries_seen(panel, request.user)
    opened = [each.entry.pk for each in seen if each.is_open]
    texts = dict(Entry.objects.filter(pk__in=opened).values_list("pk", "text"))
    named = [each.entry for each in seen if _names_parties(each)]
    parties = parties_by_entry(named)
    return [
        {
            "id": each.entry.pk,
            "title": each.entry.title,
            "standing": each.standing,
            "parties": parties.get(each.entry.pk),
            "text": texts.get(each.entry.pk),
        }
        for each in seen
    ]


def _names_parties(each: EntrySeen) -> bool:
    return each.standing not in (Standing.ASSESSED, Standing.DISQUALIFIED)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
