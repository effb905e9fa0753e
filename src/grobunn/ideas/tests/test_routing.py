"""Routing: which rule an idea meets, and what other rules would have done with earlier ideas."""

from typing import Any

import pytest

from grobunn.ideas.models import Idea, IdeaKind, RoutingRule
from grobunn.ideas.queries.doubts import doubts_about
from grobunn.ideas.queries.routing import TRIED_IDEAS, fingerprint, latest_ideas, rules_of
from grobunn.ideas.sentences import sentence_of
from grobunn.ideas.services.routing import receiver_of, try_rules
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.ideas.views.routing_trial import movements
from grobunn.organisations.models import Role
from grobunn.organisations.queries import filled_roles, linked_units
from grobunn.organisations.tests.factories import MunicipalityFactory, UnitFactory


def a_rule(town: Town, **given: Any) -> RoutingRule:
    """A rule that is not saved: to the director, unless told otherwise."""
    fields = {"receiver_role": Role.DIRECTOR, "receiver_unit": town.office, "position": 1, **given}
    return RoutingRule(municipality=town.municipality, **fields)


def test_first_rule_that_fits_decides(town: Town) -> None:
    rules = [
        a_rule(town, kind=IdeaKind.NEW_PRODUCT, words=["benk"]),
        a_rule(town, unit=town.office),
        a_rule(town, words=["Benk"], receiver_role=Role.SECTOR_HEAD),
    ]

    def matched(**idea: Any) -> RoutingRule | None:
        return receiver_of(rules, **{"unit": None, "kind": "", "text": "", **idea}).rule

    assert matched(text="En BENK her", kind=IdeaKind.NEW_PRODUCT) == rules[0]
    assert matched(text="En benk her", unit=town.ward) == rules[1]
    assert matched(text="Parkbenker") == rules[2]
    assert matched(text="Bord") is None


def test_idea_that_no_rule_fits_goes_to_the_units_manager_else_to_the_adviser(town: Town) -> None:
    in_unit = receiver_of([], unit=town.ward, kind="", text="Benk")
    nowhere = receiver_of([], unit=None, kind="", text="Benk")

    assert (in_unit.role, in_unit.unit) == (Role.UNIT_LEADER, town.ward)
    assert (nowhere.role, nowhere.key) == (Role.INNOVATION_ADVISER, (Role.INNOVATION_ADVISER, None))


def test_trial_tells_which_of_the_latest_ideas_go_elsewhere(town: Town) -> None:
    bench = make_idea(town.municipality, unit=town.ward, text="En benk.")
    make_idea(town.municipality, unit=town.ward, text="Et bord.")
    proposed = [a_rule(town, unit=town.office, words=["benk"])]

    trials = try_rules(proposed, present=[], ideas=latest_ideas(town.municipality.pk))

    assert [(trial.idea, trial.is_moved) for trial in trials if trial.is_moved] == [(bench, True)]
    assert len(trials) == 2
    moved = movements(trials, filled=filled_roles(town.municipality.pk))
    assert [(each.before, each.after, each.ideas, each.is_vacant) for each in moved] == [
        (f"enhetslederen for {town.ward.name}", f"direktøren for {town.office.name}", [bench], False)
    ]


def test_trial_holds_rules_against_rules_whoever_has_the_idea_now(town: Town) -> None:
    forwarded = make_idea(town.municipality, unit=town.ward)
    Idea.objects.filter(pk=forwarded.pk).update(holder_role=Role.DIRECTOR, holder_unit=town.office)

    trials = try_rules([], present=[], ideas=latest_ideas(town.municipality.pk))

    assert [trial.is_moved for trial in trials] == [False]


def test_trial_to_a_role_that_nobody_has_says_so(town: Town) -> None:
    make_idea(town.municipality)
    proposed = [a_rule(town, words=["benk"], receiver_role=Role.SECTOR_HEAD)]

    trials = try_rules(proposed, present=[], ideas=latest_ideas(town.municipality.pk))

    assert [each.is_vacant for each in movements(trials, filled=filled_roles(town.municipality.pk))] == [True]


def test_rules_are_tried_on_the_last_hundred_ideas_in_a_fixed_number_of_queries(
    town: Town, django_assert_num_queries: Any
) -> None:
    deep = UnitFactory(municipality=town.municipality, parent=town.ward)
    first = make_idea(town.municipality, unit=deep)
    later = [
        Idea(
            municipality=town.municipality,
            reference=f"prove-{number}",
            text="Benk.",
            unit=deep,
            answer_due_on="2026-12-01",
        )
        for number in range(TRIED_IDEAS)
    ]
    Idea.objects.bulk_create(later)

    with django_assert_num_queries(2):
        ideas = latest_ideas(town.municipality.pk)
        trials = try_rules([a_rule(town, unit=town.office)], present=[], ideas=ideas)

    assert len(ideas) == TRIED_IDEAS
    assert first not in ideas
    assert all(trial.after.rule is not None for trial in trials)


def test_trial_sees_no_other_municipalitys_ideas(town: Town) -> None:
    make_idea(town.municipality)

    assert latest_ideas(MunicipalityFactory().pk) == []


@pytest.mark.parametrize(
    ("looks_for", "sentence"),
    [
        ({}, "Alle ideer går til <strong>direktøren for Kontoret</strong>."),
        ({"words": ["benk"]}, "Nevner ideen <strong>«benk»</strong>, går den til …"),
        (
            {"words": ["benk", "bord", "<b>"]},
            "Nevner ideen <strong>«benk»</strong>, <strong>«bord»</strong> eller <strong>«&lt;b&gt;»</strong>, "
            "går den til …",
        ),
        ({"kind": "new_product"}, "Er ideen av typen <strong>«Nytt produkt»</strong>, går den til …"),
        (
            {"kind": "new_product", "words": ["benk"]},
            "Er ideen av typen <strong>«Nytt produkt»</strong> og nevner <strong>«benk»</strong>, går den til …",
        ),
    ],
)
def test_rule_is_said_in_one_sentence(town: Town, looks_for: dict[str, Any], sentence: str) -> None:
    town.office.name = "Kontoret"

    assert sentence_of(a_rule(town, **looks_for)) == sentence.replace("…", "<strong>direktøren for Kontoret</strong>.")


def test_rule_from_a_unit_is_said_with_all_it_looks_for(town: Town) -> None:
    town.ward.name = "R&D"
    rule = a_rule(town, unit=town.ward, kind="other", words=["tak"], receiver_role=Role.RND_CONTACT, receiver_unit=None)

    assert sentence_of(rule) == (
        "Kommer ideen fra <strong>R&amp;D</strong>, er av typen <strong>«Noe annet»</strong> og nevner "
        "<strong>«tak»</strong>, går den til <strong>FoUI-kontakten der ideen kommer fra</strong>."
    )


def test_doubts_name_what_makes_a_rule_useless(town: Town) -> None:
    town.municipality.idea_kinds = ["new_service"]
    town.ward.closed_on = town.municipality.existed_from or "2026-01-01"
    earlier = [a_rule(town, kind="other"), a_rule(town, words=["tak"])]
    hopeless = a_rule(
        town, unit=town.ward, kind="new_product", words=["takstein", "tak"], receiver_role=Role.SECTOR_HEAD
    )
    sound = a_rule(town, kind="new_service", words=["tak", "dør"])
    filled = filled_roles(town.municipality.pk)

    assert doubts_about(hopeless, earlier=earlier, municipality=town.municipality, filled=filled) == [
        "Regel 2 prøves først og tar alle disse.",
        f"{town.ward.name} er stengt. Det kommer ingen ideer derfra.",
        "Dere spør ikke etter denne typen ideer.",
        "Ingen har denne rollen i dag. Innovasjonsrådgiveren får ideene så lenge.",
    ]
    assert doubts_about(sound, earlier=earlier, municipality=town.municipality, filled=filled) == []


def test_fingerprint_changes_with_words_and_order_only(town: Town) -> None:
    one, two = a_rule(town, words=["benk"]), a_rule(town, words=["bord"])
    before = fingerprint([one, two])

    assert fingerprint([one, two]) == before
    assert fingerprint([two, one]) != before
    one.words = ["stol"]
    assert fingerprint([one, two]) != before


def test_rules_come_in_order_with_their_units(town: Town, django_assert_num_queries: Any) -> None:
    for position, words in ((2, ["bord"]), (1, ["benk"])):
        a_rule(town, position=position, words=words, unit=town.ward).save()

    with django_assert_num_queries(1):
        rules = [(rule.words, str(rule.unit), str(rule.receiver_unit)) for rule in rules_of(town.municipality.pk)]

    assert rules == [(["benk"], town.ward.name, town.office.name), (["bord"], town.ward.name, town.office.name)]


def test_linked_units_walk_up_without_asking_the_database(town: Town, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        units = linked_units(town.municipality.pk)
        above = units[town.ward.pk].parent

    assert above == town.office
    assert units[town.office.pk].parent is None
