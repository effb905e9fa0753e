"""Changes of the routing: proposed by one, tried, saved at once; nobody overwrites what they have not seen."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.ideas.errors import NothingProposed, ProposalChangedMeanwhile, RulesChangedMeanwhile, TooManyRules
from grobunn.ideas.holdings import held_about
from grobunn.ideas.models import Idea, RoutingProposal, RoutingRule
from grobunn.ideas.queries.proposals import Mark, proposal_of
from grobunn.ideas.queries.routing import rules_of
from grobunn.ideas.queries.routing_changes import last_routing_change, routing_changes
from grobunn.ideas.services import proposals, retention
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.models import AuditEntry
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import adviser_of


def _rule(town: Town, *words: str, **given: Any) -> RoutingRule:
    fields = {"receiver_role": Role.DIRECTOR, "receiver_unit": town.office, **given}
    return RoutingRule(municipality=town.municipality, words=list(words), **fields)


@pytest.fixture
def rules(town: Town) -> list[RoutingRule]:
    """Three rules that hold."""
    made = [_rule(town, word, position=number) for number, word in enumerate(("a1", "b2", "c3"), start=1)]
    for rule in made:
        rule.save()
    return made


def _words(town: Town) -> list[str]:
    return [" ".join(rule.words) for rule in rules_of(town.municipality.pk)]


def _proposed(town: Town) -> list[tuple[str, str]]:
    lines = proposal_of(town.municipality.pk, town.adviser.pk).lines
    return [(" ".join(line.rule.words), line.mark) for line in lines]


def _save(town: Town, user: User | None = None) -> None:
    actor = user or town.adviser
    seen = proposal_of(town.municipality.pk, actor.pk).seen
    proposals.save_proposal(town.municipality, user=actor, seen=seen)


def test_changes_are_a_proposal_until_they_are_saved(town: Town, rules: list[RoutingRule]) -> None:
    first, second, third = rules
    act = {"user": town.adviser}
    changed = _rule(town, "ny", id=second.pk)

    proposals.put_rule(town.municipality, **act, rule=_rule(town, "d4"))
    proposals.put_rule(town.municipality, **act, rule=changed)
    proposals.remove_rule(town.municipality, **act, rule_id=first.pk)
    proposals.move_rule(town.municipality, **act, rule_id=third.pk, steps=-1)

    assert _proposed(town) == [("c3", Mark.MOVED), ("ny", Mark.CHANGED), ("d4", Mark.NEW)]
    assert proposal_of(town.municipality.pk, town.adviser.pk).removed == [first]
    assert _words(town) == ["a1", "b2", "c3"]

    _save(town)

    assert _words(town) == ["c3", "ny", "d4"]
    assert [rule.position for rule in rules_of(town.municipality.pk)] == [1, 2, 3]
    assert RoutingProposal.objects.count() == 0


def test_saving_keeps_the_rule_that_an_idea_was_routed_by(town: Town, rules: list[RoutingRule]) -> None:
    idea = make_idea(town.municipality, text="Noe om b2.")
    proposals.move_rule(town.municipality, user=town.adviser, rule_id=rules[1].pk, steps=-1)

    _save(town)

    assert Idea.objects.get(pk=idea.pk).rule_id == rules[1].pk
    assert _words(town) == ["b2", "a1", "c3"]


def test_what_says_the_same_as_the_rules_is_no_proposal(town: Town, rules: list[RoutingRule]) -> None:
    act = {"user": town.adviser, "rule_id": rules[0].pk}

    proposals.move_rule(town.municipality, **act, steps=1)
    proposals.move_rule(town.municipality, **act, steps=-1)
    proposals.move_rule(town.municipality, **act, steps=-1)
    proposals.remove_rule(town.municipality, **act)
    proposals.put_back_rule(town.municipality, **act)

    assert RoutingProposal.objects.count() == 0


@pytest.mark.parametrize("steps", [-5, 5])
def test_rule_moved_beyond_the_ends_stays_there(town: Town, rules: list[RoutingRule], steps: int) -> None:
    proposals.move_rule(town.municipality, user=town.adviser, rule_id=rules[1].pk, steps=steps)

    assert [words for words, _mark in _proposed(town)] == (["b2", "a1", "c3"] if steps < 0 else ["a1", "c3", "b2"])


def test_two_advisers_each_have_their_own_and_the_second_to_save_is_told(town: Town, rules: list[RoutingRule]) -> None:
    other = adviser_of(town.municipality)
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    proposals.put_rule(town.municipality, user=other, rule=_rule(town, "d4"))
    seen = proposal_of(town.municipality.pk, other.pk).seen
    _save(town)

    with pytest.raises(RulesChangedMeanwhile):
        proposals.save_proposal(town.municipality, user=other, seen=seen)

    theirs = proposal_of(town.municipality.pk, other.pk)
    assert theirs.is_outdated is True
    assert [" ".join(rule.words) for rule in theirs.proposed] == ["a1", "b2", "c3", "d4"]
    assert _words(town) == ["b2", "c3"]


def test_outdated_proposal_is_held_against_the_new_rules_when_its_owner_goes_on(
    town: Town, rules: list[RoutingRule]
) -> None:
    other = adviser_of(town.municipality)
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    proposals.put_rule(town.municipality, user=other, rule=_rule(town, "d4"))
    _save(town, other)

    proposals.build_on_present(town.municipality, user=town.adviser)

    proposal = proposal_of(town.municipality.pk, town.adviser.pk)
    assert proposal.is_outdated is False
    assert [rule.words for rule in proposal.removed] == [["a1"], ["d4"]]
    _save(town)
    assert _words(town) == ["b2", "c3"]


def test_rule_that_the_other_removed_comes_back_with_the_list_that_has_it(town: Town, rules: list[RoutingRule]) -> None:
    other = adviser_of(town.municipality)
    proposals.move_rule(town.municipality, user=town.adviser, rule_id=rules[2].pk, steps=-2)
    proposals.remove_rule(town.municipality, user=other, rule_id=rules[0].pk)
    _save(town, other)

    proposals.build_on_present(town.municipality, user=town.adviser)
    _save(town)

    assert _words(town) == ["c3", "a1", "b2"]


def test_what_was_changed_after_the_trial_is_not_saved(town: Town, rules: list[RoutingRule]) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    seen = proposal_of(town.municipality.pk, town.adviser.pk).seen
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[1].pk)

    with pytest.raises(ProposalChangedMeanwhile):
        proposals.save_proposal(town.municipality, user=town.adviser, seen=seen)

    assert _words(town) == ["a1", "b2", "c3"]


def test_nothing_is_saved_twice(town: Town, rules: list[RoutingRule]) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    _save(town)

    with pytest.raises(NothingProposed):
        _save(town)

    assert AuditEntry.objects.filter(action="ideas.change_routing").count() == 1


def test_proposal_is_among_what_is_held_about_a_person(town: Town, rules: list[RoutingRule]) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)

    assert held_about(town.adviser)["proposes_routing_in"] == [town.municipality.name]
    assert held_about(town.nurse)["proposes_routing_in"] == []


def test_thrown_away_leaves_the_rules(town: Town, rules: list[RoutingRule]) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)

    proposals.throw_away(town.municipality, user=town.adviser)

    assert _proposed(town) == [("a1", ""), ("b2", ""), ("c3", "")]
    with pytest.raises(NothingProposed):
        _save(town)


def test_thrown_away_is_taken_back(town: Town, rules: list[RoutingRule]) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    proposals.throw_away(town.municipality, user=town.adviser)

    answers = [proposals.take_back(town.municipality, user=town.adviser) for _time in range(2)]

    assert answers == [True, False]
    assert _proposed(town) == [("b2", ""), ("c3", "")]


def test_what_is_proposed_after_throwing_away_begins_anew(town: Town, rules: list[RoutingRule]) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    proposals.throw_away(town.municipality, user=town.adviser)
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[1].pk)

    assert proposals.take_back(town.municipality, user=town.adviser) is False
    assert _proposed(town) == [("a1", ""), ("c3", "")]


@pytest.mark.parametrize(
    ("days", "is_thrown_away", "is_kept"),
    [(29, False, True), (31, False, False), (0.9, True, True), (1.1, True, False)],
)
def test_proposal_that_nobody_touches_ends(
    town: Town, rules: list[RoutingRule], days: float, is_thrown_away: bool, is_kept: bool
) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    if is_thrown_away:
        proposals.throw_away(town.municipality, user=town.adviser)

    with clock.moved_by(days=days):
        ended = retention.forget_proposals()

    assert (ended, RoutingProposal.objects.count()) == ((0, 1) if is_kept else (1, 0))


def test_each_change_keeps_a_proposal_for_thirty_days_more(town: Town, rules: list[RoutingRule]) -> None:
    proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[0].pk)
    with clock.moved_by(days=20):
        proposals.remove_rule(town.municipality, user=town.adviser, rule_id=rules[1].pk)
        kept_until = proposal_of(town.municipality.pk, town.adviser.pk).kept_until
        last_day = clock.today() + timedelta(days=30)

    with clock.moved_by(days=40):
        retention.forget_proposals()

    assert kept_until == last_day
    assert _proposed(town) == [("c3", "")]


def test_more_rules_than_anybody_reads_are_refused(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposals, "MOST_RULES", 1)
    proposals.put_rule(town.municipality, user=town.adviser, rule=_rule(town, "a1"))

    with pytest.raises(TooManyRules):
        proposals.put_rule(town.municipality, user=town.adviser, rule=_rule(town, "b2"))

    assert _proposed(town) == [("a1", "new")]


@pytest.mark.parametrize("who", ["nurse", "leader", "director", "outsider"])
def test_only_the_adviser_proposes_and_saves(town: Town, rules: list[RoutingRule], who: str) -> None:
    user = getattr(town, who)
    attempts: list[Callable[[], None]] = [
        lambda: proposals.put_rule(town.municipality, user=user, rule=_rule(town, "d4")),
        lambda: proposals.remove_rule(town.municipality, user=user, rule_id=rules[0].pk),
        lambda: proposals.move_rule(town.municipality, user=user, rule_id=rules[0].pk, steps=1),
        lambda: proposals.put_back_rule(town.municipality, user=user, rule_id=rules[0].pk),
        lambda: proposals.save_proposal(town.municipality, user=user, seen=""),
    ]

    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert _words(town) == ["a1", "b2", "c3"]
    assert RoutingProposal.objects.count() == 0


def test_adviser_elsewhere_changes_nothing_here(town: Town, rules: list[RoutingRule]) -> None:
    from_elsewhere = adviser_of(town.municipality.__class__.objects.create(slug="andre", name="Andre"))

    with pytest.raises(PermissionDenied):
        proposals.remove_rule(town.municipality, user=from_elsewhere, rule_id=rules[0].pk)

    with scope(municipality=town.municipality.pk):
        assert _words(town) == ["a1", "b2", "c3"]


def test_history_tells_who_changed_what(town: Town, rules: list[RoutingRule]) -> None:
    act = {"user": town.adviser}
    proposals.put_rule(town.municipality, **act, rule=_rule(town, "d4"))
    proposals.put_rule(town.municipality, **act, rule=_rule(town, "ny", id=rules[1].pk))
    proposals.remove_rule(town.municipality, **act, rule_id=rules[2].pk)
    _save(town)

    latest, *earlier = routing_changes(town.municipality.pk)

    assert latest.by == town.adviser.name
    assert [rule.words for rule in latest.added] == [["d4"]]
    assert [(each.before.words, each.after.words) for each in latest.changed] == [(["b2"], ["ny"])]
    assert [rule.words for rule in latest.removed] == [["c3"]]
    assert (latest.is_reordered, len(earlier), {change.by for change in earlier}) == (False, 1, {""})
    last = last_routing_change(town.municipality.pk)
    assert last == (latest.at, town.adviser.name)


def test_history_of_a_new_order_names_no_rule(town: Town, rules: list[RoutingRule]) -> None:
    proposals.move_rule(town.municipality, user=town.adviser, rule_id=rules[2].pk, steps=-1)
    _save(town)

    latest = routing_changes(town.municipality.pk, limit=1)[0]

    assert (latest.added, latest.changed, latest.removed, latest.is_reordered) == ([], [], [], True)
