"""The desk of a draft: what is written, what is missing, and what can be done next."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grobunn.accounts.models import User
from grobunn.cases.models import Case, Draft
from grobunn.cases.notices.writing import thread_key
from grobunn.cases.queries.writing import co_authors_of, missing_in, part_states
from grobunn.cases.services.steps import draft_of
from grobunn.cases.states import CASES, CaseState
from grobunn.cases.views.writing.fetch import case_to_write, writing_url
from grobunn.cases.views.writing.steps import PUBLISHING
from grobunn.kernel import permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.permissions import requires
from grobunn.kernel.statemachine import Edge
from grobunn.notifications.services.read import read_thread
from grobunn.organisations.requests import TenantRequest


@dataclass(frozen=True)
class StepLink:
    """A button of the desk: what it does and where it leads."""

    edge: Edge
    url: str


@require_GET
@requires("cases.edit")
def show_desk(request: TenantRequest, municipality: str, slug: str) -> HttpResponse:
    """Everything about a draft, for those who write it."""
    case = case_to_write(request, slug)
    draft = draft_of(case)
    if isinstance(request.user, User):
        read_thread(request.user, thread_key=thread_key(case))
    context = {
        "case": case,
        "draft": draft,
        "parts": part_states(draft),
        "missing": missing_in(case, draft),
        "steps": _steps(case, draft, request.user),
        "co_authors": co_authors_of(case),
        "sent_back": _sent_back(case),
        "may_share": permissions.is_allowed("cases.share_work", request.user, case),
        "is_public": case.state == CaseState.PUBLISHED,
        "is_written_on": case.state != CaseState.WITHDRAWN,
    }
    return render(request, "cases/writing/desk.html", context)


def _steps(case: Case, draft: Draft, actor: Actor) -> list[StepLink]:
    """The steps that lead somewhere now, publishing first; nobody asks the editor who is the editor."""
    return [
        StepLink(edge=edge, url=writing_url(case, "step", edge=edge.name))
        for edge in sorted(CASES.available(case, actor), key=lambda edge: edge.name not in PUBLISHING)
        if not (edge.name in {"propose_changes", "publish_changes"} and draft.is_published)
        and not (edge.name == "propose_changes" and permissions.is_allowed("cases.publish", actor, case))
        and not (edge.name == "send_for_review" and permissions.is_allowed("cases.publish", actor, case))
    ]


def _sent_back(case: Case) -> StateChange | None:
    """What the editor asked for, while the draft lies with its writers for it."""
    if case.state != CaseState.DRAFT:
        return None
    last = StateChange.objects.filter(subject_id=case.pk).order_by("-id").first()
    return last if last is not None and last.edge == "send_back" else None
