"""Reading ideas over the API: a municipality's list, and the thread of a receipt."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django_scopes import scope
from ninja import Query

from grobunn.ideas.api import shown
from grobunn.ideas.api.router import router
from grobunn.ideas.api.schemas import IdeaOut, ThreadOut
from grobunn.ideas.models import Idea, IdeaKind
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.ideas.queries.life import life_of
from grobunn.ideas.queries.listing import ORDER
from grobunn.ideas.services.contact import note_seen_by_writer
from grobunn.ideas.states import MACHINE, IdeaState
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.api.access import open_to_all
from grobunn.kernel.api.pages import Listed, ListedRows, Paging, listed
from grobunn.organisations.models import Municipality


@router.get(
    "/municipalities/{slug}/ideas",
    response=Listed[IdeaOut],
    auth=open_to_all("ideas:read", why="Public ideas are public; a token shows what its holder may read."),
)
def list_ideas(
    request: HttpRequest,
    response: HttpResponse,
    slug: str,
    paging: Query[Paging],
    state: IdeaState | None = None,
    kind: IdeaKind | None = None,
) -> ListedRows[Any]:
    """Ideas of a municipality that the caller may read, newest first."""
    municipality = shown.municipality_or_404(slug)
    narrowed = {name: value for name, value in (("state", state), ("kind", kind)) if value is not None}
    with scope(municipality=municipality.pk):
        rows = ideas_for(request.user).filter(municipality=municipality, **narrowed).select_related("unit")
        page = listed(request, response, rows.defer("receipt", "writer_email"), order=ORDER, asked=paging)
    return ListedRows(items=[_idea(request, municipality, idea) for idea in page.items], next=page.next)


def _idea(request: HttpRequest, municipality: Municipality, idea: Idea) -> dict[str, Any]:
    return {
        "reference": idea.reference,
        "title": idea.heading,
        "text": idea.text,
        "kind": idea.kind,
        "state": idea.state,
        "visibility": idea.visibility,
        "unit": idea.unit.name if idea.unit else None,
        "submitted_at": idea.submitted_at,
        "answer_due_on": idea.answer_due_on,
        "version": idea.version,
        "url": shown.idea_url(request, municipality, idea),
        "is_synthetic": idea.is_synthetic,
    }


@router.get(
    "/threads/{receipt}",
    response=ThreadOut,
    auth=open_to_all("ideas:read", why="Whoever has the receipt code is the writer."),
)
def show_thread(request: HttpRequest, response: HttpResponse, receipt: str) -> dict[str, Any]:
    """The thread of a receipt code."""
    idea = shown.idea_of_receipt_or_404(receipt)
    with scope(municipality=idea.municipality_id):
        note_seen_by_writer(idea)
        entries = life_of(idea, is_member=False, is_handler=False)
        steps = MACHINE.available(idea, ReceiptHolder(idea.receipt))
    response["Cache-Control"] = "no-store, private"
    return {
        "reference": idea.reference,
        "title": idea.heading,
        "text": idea.text,
        "state": idea.state,
        "holder": shown.holder(idea),
        "answer_due_on": idea.answer_due_on,
        "life": [
            {"step": entry.edge, "at": entry.at, "sentence": entry.sentence, "words": entry.words} for entry in entries
        ],
        "may": [edge.name for edge in steps],
    }
