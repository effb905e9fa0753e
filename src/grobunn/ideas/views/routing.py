"""The set-up of routing: the rules in order, changes that are tried on earlier ideas, then saved."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grobunn.ideas.errors import RoutingRefused
from grobunn.ideas.forms.routing import RuleForm, filled_in
from grobunn.ideas.queries.doubts import doubts_about
from grobunn.ideas.queries.proposals import Proposal, proposal_of
from grobunn.ideas.queries.routing import latest_ideas
from grobunn.ideas.queries.routing_changes import last_routing_change, routing_changes
from grobunn.ideas.services import proposals
from grobunn.ideas.services.routing import try_rules
from grobunn.ideas.views.routing_trial import movements
from grobunn.kernel import ids
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import filled_roles, unit_tree
from grobunn.organisations.requests import signed_in
from grobunn.organisations.views.access import of_municipality
from grobunn.organisations.views.pages import form_page, page
from grobunn.ui import toasts

routing_page = of_municipality("ideas.set_up")


def address(name: str, municipality: Municipality, **kwargs: Any) -> str:
    """Address of one of the pages of routing."""
    return reverse(f"ideas:{name}", kwargs={"municipality": municipality.slug, **kwargs})


@require_GET
@routing_page
def show_routing(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """The rules as they are, or as this person proposes them."""
    proposal = proposal_of(municipality.pk, signed_in(request).pk)
    filled = filled_roles(municipality.pk)
    rules = proposal.proposed
    doubts = [
        doubts_about(rule, earlier=rules[:place], municipality=municipality, filled=filled)
        for place, rule in enumerate(rules)
    ]
    return page(
        request,
        municipality,
        "ideas/routing.html",
        title=_("Routing"),
        proposal=proposal,
        lines=list(zip(proposal.lines, doubts, strict=True)),
        last_change=last_routing_change(municipality.pk),
    )


@require_http_methods(["GET", "POST"])
@routing_page
def add_rule(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """A new rule at the end."""
    return _rule_page(request, municipality, ids.new_id(), title=_("New rule"), initial={})


@require_http_methods(["GET", "POST"])
@routing_page
def change_rule(request: HttpRequest, municipality: Municipality, rule: UUID) -> HttpResponse:
    """A rule of the list with other words."""
    proposed = proposal_of(municipality.pk, signed_in(request).pk).proposed
    found = next(((number, each) for number, each in enumerate(proposed, start=1) if each.pk == rule), None)
    if found is None:
        raise Http404
    number, changing = found
    title = _("Rule %(number)s") % {"number": number}
    return _rule_page(request, municipality, rule, title=title, initial=filled_in(changing))


def _rule_page(
    request: HttpRequest, municipality: Municipality, rule_id: UUID, *, title: str, initial: Mapping[str, str]
) -> HttpResponse:
    tree, filled = unit_tree(municipality.pk), filled_roles(municipality.pk)
    form = RuleForm(request.POST or None, tree=tree, filled=filled, initial=initial)
    if form.is_valid():
        rule = form.rule(municipality, rule_id=rule_id)
        try:
            proposals.put_rule(municipality, user=signed_in(request), rule=rule)
        except RoutingRefused as refused:
            form.add_error(None, str(refused.message))
        else:
            return _back_to(municipality, rule_id)
    back = address("routing", municipality)
    above = [(_("Routing"), back)]
    return form_page(
        request, municipality, form, title=title, above=above, template="ideas/routing_rule.html", back=back
    )


_ACTS: Mapping[str, Callable[..., None]] = {
    "opp": lambda *args, **kwargs: proposals.move_rule(*args, steps=-1, **kwargs),
    "ned": lambda *args, **kwargs: proposals.move_rule(*args, steps=1, **kwargs),
    "fjern": proposals.remove_rule,
    "tilbake": proposals.put_back_rule,
}


@require_POST
@routing_page
def act_on_rule(request: HttpRequest, municipality: Municipality, rule: UUID, act: str) -> HttpResponse:
    """Move a rule, take it out, put it back: each with one press."""
    if act not in _ACTS:
        raise Http404
    _ACTS[act](municipality, user=signed_in(request), rule_id=rule)
    return _back_to(municipality, rule)


@require_POST
@routing_page
def throw_away(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Leave the rules as they are, or take that back."""
    back = HttpResponseRedirect(address("routing", municipality))
    if "angre" in request.POST:
        if not proposals.take_back(municipality, user=signed_in(request)):
            toasts.failure(request, _("There is nothing to take back any more."))
        return back
    proposals.throw_away(municipality, user=signed_in(request))
    told = _("Your changes are thrown away. The rules are as they were.")
    toasts.success(request, told, undo_url=request.path, undo_fields={"angre": "1"})
    return back


@require_POST
@routing_page
def build_on_present(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Keep one's own list though somebody else has saved theirs."""
    proposals.build_on_present(municipality, user=signed_in(request))
    return HttpResponseRedirect(address("routing", municipality))


@require_http_methods(["GET", "POST"])
@routing_page
def try_routing(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """What the proposed rules would have done with the latest ideas; from here they are saved."""
    user = signed_in(request)
    if request.method == "POST":
        return _save(request, municipality)
    proposal = proposal_of(municipality.pk, user.pk)
    if proposal.row is None or proposal.is_outdated:
        return HttpResponseRedirect(address("routing", municipality))
    return _trial_page(request, municipality, proposal)


def _save(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    try:
        proposals.save_proposal(municipality, user=signed_in(request), seen=request.POST.get("seen", ""))
    except RoutingRefused as refused:
        toasts.failure(request, refused.message)
    else:
        toasts.success(request, _("The rules are saved. They hold for ideas that come in from now on."))
    return HttpResponseRedirect(address("routing", municipality))


def _trial_page(request: HttpRequest, municipality: Municipality, proposal: Proposal) -> HttpResponse:
    ideas = latest_ideas(municipality.pk)
    trials = try_rules(proposal.proposed, present=proposal.present, ideas=ideas)
    return page(
        request,
        municipality,
        "ideas/routing_trial.html",
        title=_("Try the rules"),
        above=[(_("Routing"), address("routing", municipality))],
        proposal=proposal,
        tried=len(trials),
        moved=sum(trial.is_moved for trial in trials),
        movements=movements(trials, filled=filled_roles(municipality.pk)),
    )


@require_GET
@routing_page
def show_routing_history(request: HttpRequest, municipality: Municipality) -> HttpResponse:
    """Who changed what in the rules, and when."""
    above = [(_("Routing"), address("routing", municipality))]
    changes = routing_changes(municipality.pk, limit=50)
    return page(
        request, municipality, "ideas/routing_history.html", title=_("Earlier changes"), above=above, changes=changes
    )


def _back_to(municipality: Municipality, rule_id: UUID) -> HttpResponse:
    """Back to the list, at the rule that was just in hand: keyboard and reader go on from there."""
    return HttpResponseRedirect(f"{address('routing', municipality)}#regel-{rule_id}")
