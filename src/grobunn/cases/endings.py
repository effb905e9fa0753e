"""What the thread of an idea and the page of an initiative show of its case: where it is told, or that it is not."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from grobunn.cases.queries.debts import STARTED_TELLS_AFTER, case_of_idea, case_of_initiative
from grobunn.cases.states import CaseState
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.initiatives import is_carried
from grobunn.kernel import clock, permissions
from grobunn.kernel.actors import Actor
from grobunn.ui.asides import Aside

# In the others nothing has ended, or nothing was done.
_MAY_BE_TOLD = frozenset({IdeaState.PARKED, IdeaState.SOLVED, IdeaState.STARTED, IdeaState.DECLINED})


def shown_on_thread(request: HttpRequest, idea: Idea, actor: Actor) -> str:
    """The case of an idea for everybody who may read it; that there is none, for whoever answers for the idea."""
    if idea.state not in _MAY_BE_TOLD or idea.is_imported:
        return ""
    case = case_of_idea(idea)
    # What an initiative carries is told by its owner, from its page.
    may_begin = case is None and _may_begin(idea, actor) and not is_carried(idea)
    is_read = case is not None and permissions.is_allowed("cases.view", actor, case)
    if not may_begin and not is_read:
        return ""
    context = {
        "idea": idea,
        "case": case,
        "is_public": case is not None and case.state == CaseState.PUBLISHED,
        "is_debt": may_begin and _has_ended(idea),
    }
    return render_to_string("cases/writing/_on_thread.html", context, request=request)


def _may_begin(idea: Idea, actor: Actor) -> bool:
    """Whoever handles the idea, or held it at its end, and works there."""
    is_holder = actor.pk is not None and actor.pk == idea.holder_id
    is_asked = is_holder or permissions.is_allowed("ideas.handle", actor, idea)
    return is_asked and permissions.is_allowed("cases.write", actor, idea.municipality)


def _has_ended(idea: Idea) -> bool:
    """Whether something is owed, rather than only possible."""
    if idea.state == IdeaState.STARTED:
        return idea.state_since <= clock.now() - STARTED_TELLS_AFTER
    return idea.state in {IdeaState.PARKED, IdeaState.SOLVED}


def shown_on_initiative(request: HttpRequest, initiative: Initiative, actor: Actor) -> str:
    """The case of a finished initiative; that there is none yet, for whoever may tell it."""
    if not initiative.is_finished:
        return ""
    case = case_of_initiative(initiative)
    may_begin = case is None and permissions.is_allowed("cases.write", actor, initiative.municipality)
    is_read = case is not None and permissions.is_allowed("cases.view", actor, case)
    if not may_begin and not is_read:
        return ""
    context = {
        "initiative": initiative,
        "case": case,
        "is_public": case is not None and case.state == CaseState.PUBLISHED,
    }
    return render_to_string("cases/writing/_on_initiative.html", context, request=request)


ASIDE = Aside(name="case", order=20, make=shown_on_thread)
ON_INITIATIVE = Aside(name="case", order=30, make=shown_on_initiative)
