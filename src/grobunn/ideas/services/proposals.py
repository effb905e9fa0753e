"""Writes the routing: changes are proposed, tried on earlier ideas, then saved all at once."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction

from grobunn.accounts.models import User
from grobunn.ideas.errors import NothingProposed, ProposalChangedMeanwhile, RulesChangedMeanwhile, TooManyRules
from grobunn.ideas.models import RoutingProposal, RoutingRule
from grobunn.ideas.queries.proposals import Proposal, proposal_of
from grobunn.ideas.queries.routing import as_data, fingerprint, rules_of
from grobunn.kernel import audit, clock, permissions
from grobunn.organisations.models import Municipality

# More than anybody reads from top to bottom; the position is a small number in the database.
MOST_RULES = 200

_Rules = list[dict[str, Any]]
_FIELDS = ("position", "unit", "kind", "words", "receiver_role", "receiver_unit")


def put_rule(municipality: Municipality, *, user: User, rule: RoutingRule) -> None:
    """Propose a rule: in the place of the one with its id, else at the end.

    Raises:  PermissionDenied; TooManyRules.
    Effects: the person's proposal.
    """

    def put(rules: _Rules) -> None:
        place = _place(rules, rule.pk)
        if place is not None:
            rules[place] = as_data(rule)
        elif len(rules) >= MOST_RULES:
            raise TooManyRules(MOST_RULES)
        else:
            rules.append(as_data(rule))

    _change(municipality, user, put)


def move_rule(municipality: Municipality, *, user: User, rule_id: UUID, steps: int) -> None:
    """Propose that a rule is tried earlier (negative steps) or later; beyond the ends it stays there.

    Raises:  PermissionDenied.
    Effects: the person's proposal.
    """

    def move(rules: _Rules) -> None:
        place = _place(rules, rule_id)
        if place is not None:
            rules.insert(max(place + steps, 0), rules.pop(place))

    _change(municipality, user, move)


def remove_rule(municipality: Municipality, *, user: User, rule_id: UUID) -> None:
    """Propose that a rule goes. Raises: PermissionDenied. Effects: the person's proposal."""

    def remove(rules: _Rules) -> None:
        place = _place(rules, rule_id)
        if place is not None:
            del rules[place]

    _change(municipality, user, remove)


def put_back_rule(municipality: Municipality, *, user: User, rule_id: UUID) -> None:
    """Let a rule that was to go stay after all, where it was.

    Raises:  PermissionDenied.
    Effects: the person's proposal.
    """
    was = next((rule for rule in rules_of(municipality.pk) if rule.pk == rule_id), None)

    def put_back(rules: _Rules) -> None:
        if was is not None and _place(rules, rule_id) is None:
            rules.insert(was.position - 1, as_data(was))

    _change(municipality, user, put_back)


def throw_away(municipality: Municipality, *, user: User) -> None:
    """Let go of what somebody proposes; for a day it can be taken back. Effects: the person's proposal."""
    mine = RoutingProposal.objects.filter(municipality=municipality, user=user, thrown_away_at=None)
    mine.update(thrown_away_at=clock.now())


def take_back(municipality: Municipality, *, user: User) -> bool:
    """Propose again what was thrown away.

    Returns: whether there was anything: not after a day, nor where something else has been proposed since.
    Effects: the person's proposal.
    """
    thrown_away = RoutingProposal.objects.filter(municipality=municipality, user=user, thrown_away_at__isnull=False)
    return bool(thrown_away.update(thrown_away_at=None, changed_at=clock.now()))


def build_on_present(municipality: Municipality, *, user: User) -> None:
    """Go on with a proposal though somebody else has changed the rules: it is held against theirs from now on.

    Effects: the person's proposal.
    """
    based_on = fingerprint(rules_of(municipality.pk))
    mine = RoutingProposal.objects.filter(municipality=municipality, user=user, thrown_away_at=None)
    mine.update(based_on=based_on, changed_at=clock.now())


def save_proposal(municipality: Municipality, *, user: User, seen: str) -> None:
    """Let the proposed rules hold from now on.

    Takes:   seen, `Proposal.seen` of the trial that the person looked at.
    Raises:  PermissionDenied; NothingProposed; RulesChangedMeanwhile; ProposalChangedMeanwhile.
    Effects: rules, their history with who it was, audit; the proposal is gone.
    """
    permissions.check("ideas.set_up", user, municipality)
    with transaction.atomic(), pghistory.context(actor=str(user.pk)):
        # One at a time: the second is told what the first has done.
        Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality.pk)
        proposal = proposal_of(municipality.pk, user.pk)
        if proposal.row is None:
            raise NothingProposed
        if proposal.is_outdated:
            raise RulesChangedMeanwhile
        if proposal.seen != seen:
            raise ProposalChangedMeanwhile
        _write(proposal)
        proposal.row.delete()
        ids = [str(rule.pk) for rule in proposal.proposed]
        audit.record(
            "ideas.change_routing",
            actor=user,
            subject=municipality,
            municipality_id=municipality.pk,
            data={"rules": ids, "removed": [str(rule.pk) for rule in proposal.removed]},
        )


def _change(municipality: Municipality, user: User, change: Callable[[_Rules], None]) -> None:
    """Change somebody's list; one that says the same as the rules that hold is no proposal."""
    permissions.check("ideas.set_up", user, municipality)
    with transaction.atomic():
        # The lock on the person orders two windows that change the list at the same moment.
        User.objects.select_for_update().only("pk").get(pk=user.pk)
        present = rules_of(municipality.pk)
        row = RoutingProposal.objects.filter(municipality=municipality, user=user).first()
        row = row or RoutingProposal(municipality=municipality, user=user)
        if row._state.adding or row.thrown_away_at is not None:
            row.based_on, row.rules = fingerprint(present), [as_data(rule) for rule in present]
            row.begun_at, row.thrown_away_at = clock.now(), None
        change(row.rules)
        row.changed_at = clock.now()
        if row.rules != [as_data(rule) for rule in present]:
            row.save()
        elif not row._state.adding:
            row.delete()


def _place(rules: Sequence[dict[str, Any]], rule_id: UUID) -> int | None:
    return next((place for place, rule in enumerate(rules) if rule["id"] == str(rule_id)), None)


def _write(proposal: Proposal) -> None:
    """Bring the rows to what is proposed; a row that stays as it is gets no history."""
    present = {rule.pk: rule for rule in proposal.present}
    RoutingRule.objects.filter(pk__in=[rule.pk for rule in proposal.removed]).delete()
    for position, rule in enumerate(proposal.proposed, start=1):
        rule.position = position
        kept = present.get(rule.pk)
        if kept is None:
            rule.save(force_insert=True)
        elif (kept.position, as_data(kept)) != (position, as_data(rule)):
            rule.save(force_update=True, update_fields=_FIELDS)
