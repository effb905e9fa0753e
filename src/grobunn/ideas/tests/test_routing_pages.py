"""The pages of routing, as an adviser without scripts meets them, and who is turned away."""

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from grobunn.accounts.models import User
from grobunn.ideas.models import RoutingProposal, RoutingRule
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import ids
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)


@pytest.fixture
def rules(town: Town) -> list[RoutingRule]:
    """Two rules that hold."""
    return [
        RoutingRule.objects.create(
            municipality=town.municipality,
            position=number,
            words=[word],
            receiver_role=Role.DIRECTOR,
            receiver_unit=town.office,
        )
        for number, word in enumerate(("benk", "bord"), start=1)
    ]


@pytest.fixture
def adviser(town: Town) -> Client:
    return _signed_in(town.adviser)


def _signed_in(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="nb")
    client.force_login(user)
    return client


def _url(town: Town, rest: str = "") -> str:
    return f"/{town.municipality.slug}/oppsett/ruting/{rest}"


def _sent(**fields: str) -> dict[str, str]:
    return {"unit": "", "kind": "", "words": "", "role": Role.DIRECTOR, "to": "", **fields}


def _words() -> list[list[str]]:
    return [rule.words for rule in RoutingRule.objects.order_by("position")]


def test_adviser_adds_a_rule_tries_it_and_saves(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    idea = make_idea(town.municipality, unit=town.ward, text="Nye stoler.")

    added = adviser.post(_url(town, "ny/"), _sent(words="stol, krakk\nStol", to=str(town.office.pk)), follow=True)
    trial = adviser.get(_url(town, "prov/"))
    saved = adviser.post(_url(town, "prov/"), {"seen": trial.context["proposal"].seen}, follow=True)

    rule = RoutingRule.objects.get(position=3)
    assert added.redirect_chain == [(f"{_url(town)}#regel-{rule.pk}", 302)]
    assert "Endringene dine er ikke lagret ennå" in added.content.decode()
    page = trial.content.decode()
    assert "1 av de siste 1 ideene går til noen andre" in page
    assert f"1 idé fra enhetslederen for {town.ward.name} til direktøren for {town.office.name}" in page
    assert idea.heading in page
    assert (rule.words, rule.receiver_role, rule.receiver_unit) == (["Stol", "krakk"], Role.DIRECTOR, town.office)
    assert f"av {town.adviser.name}" in saved.content.decode()
    assert "Endringene dine" not in saved.content.decode()


def test_going_back_from_the_trial_loses_nothing(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    adviser.post(_url(town, f"{rules[0].pk}/fjern/"))
    adviser.get(_url(town, "prov/"))

    again = _signed_in(town.adviser).get(_url(town))

    assert [line.rule.words for line, _doubts in again.context["lines"]] == [["bord"]]
    assert "Skal fjernes" in again.content.decode()
    assert _words() == [["benk"], ["bord"]]


def test_rule_is_moved_removed_and_put_back_with_a_press(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    def lines() -> list[list[str]]:
        return [line.rule.words for line, _doubts in adviser.get(_url(town)).context["lines"]]

    moved = adviser.post(_url(town, f"{rules[1].pk}/opp/"))
    after_move = lines()
    adviser.post(_url(town, f"{rules[1].pk}/fjern/"))
    after_removal = lines()
    adviser.post(_url(town, f"{rules[1].pk}/tilbake/"))

    assert moved["Location"] == f"{_url(town)}#regel-{rules[1].pk}"
    assert (after_move, after_removal, lines()) == ([["bord"], ["benk"]], [["benk"]], [["benk"], ["bord"]])


def test_first_rule_has_no_button_up_and_last_none_down(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    page = adviser.get(_url(town)).content.decode()

    assert f"{rules[0].pk}/opp/" not in page
    assert f"{rules[1].pk}/ned/" not in page
    assert (page.count("/opp/"), page.count("/ned/"), page.count("/fjern/")) == (1, 1, 2)


def test_rule_is_changed_from_what_it_says(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    form = adviser.get(_url(town, f"{rules[0].pk}/"))
    adviser.post(_url(town, f"{rules[0].pk}/"), _sent(words="benk, krakk", unit=str(town.ward.pk)))

    assert form.context["form"].initial == {
        "unit": "",
        "kind": "",
        "words": "benk",
        "role": Role.DIRECTOR,
        "to": str(town.office.pk),
    }
    changed = adviser.get(_url(town)).context["lines"][0][0]
    assert (changed.rule.pk, changed.rule.words, changed.rule.unit) == (rules[0].pk, ["benk", "krakk"], town.ward)
    assert (changed.mark, changed.rule.receiver_unit) == ("changed", None)


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({}, "__all__", "Velg hva regelen skal se etter"),
        ({"words": " , "}, "__all__", "Velg hva regelen skal se etter"),
        ({"words": "tak", "role": ""}, "role", "Velg hvem som får ideen."),
        ({"words": "tak", "role": "king"}, "role", "Velg et gyldig valg"),
        ({"words": "tak", "role": Role.EMPLOYEE}, "role", "Velg et gyldig valg"),
        ({"words": "tak", "to": str(ids.new_id())}, "to", "Den enheten er stengt eller hører ikke til hos dere"),
        ({"unit": "huset"}, "unit", "Den enheten er stengt eller hører ikke til hos dere"),
        ({"kind": "song"}, "kind", "Velg et gyldig valg"),
        ({"words": "x" * 61}, "words", "er for langt. Skriv ord på høyst 60 bokstaver"),
        ({"words": ",".join(f"ord{n}" for n in range(31))}, "words", "Det er plass til 30 ord."),
        ({"words": "01010150074"}, "words", "fødselsnummer"),
        ({"words": "tak", "role": Role.CHIEF_EXEC}, "to", "Ingen er kommunedirektør i dag"),
    ],
)
def test_bad_rule_is_told_beside_its_field_and_kept_nowhere(
    town: Town, adviser: Client, sent: dict[str, str], field: str, says: str
) -> None:
    response = adviser.post(_url(town, "ny/"), _sent(**sent))

    assert response.status_code == 422
    assert says in str(response.context["form"].errors[field])
    assert RoutingProposal.objects.count() == 0


def test_unit_of_another_municipality_is_not_taken(town: Town, adviser: Client) -> None:
    theirs = UnitFactory(municipality=MunicipalityFactory())

    response = adviser.post(_url(town, "ny/"), _sent(unit=str(theirs.pk)))

    assert response.status_code == 422
    assert theirs.name not in response.content.decode()


def test_chief_executive_is_found_wherever_the_post_is(town: Town, adviser: Client) -> None:
    RoleAssignmentFactory(unit=town.office, role=Role.CHIEF_EXEC)

    adviser.post(_url(town, "ny/"), _sent(words="tak", role=Role.CHIEF_EXEC))

    rule = adviser.get(_url(town)).context["lines"][0][0].rule
    assert rule.receiver_unit == town.office


def test_adviser_is_nobodys_in_particular(town: Town, adviser: Client) -> None:
    adviser.post(_url(town, "ny/"), _sent(words="tak", role=Role.INNOVATION_ADVISER, to=str(town.office.pk)))

    assert adviser.get(_url(town)).context["lines"][0][0].rule.receiver_unit is None


def test_second_adviser_is_told_and_loses_nothing(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    second = _signed_in(adviser_of(town.municipality))
    second.post(_url(town, f"{rules[1].pk}/fjern/"))
    tried = second.get(_url(town, "prov/")).context["proposal"].seen
    adviser.post(_url(town, f"{rules[0].pk}/fjern/"))
    adviser.post(_url(town, "prov/"), {"seen": adviser.get(_url(town, "prov/")).context["proposal"].seen})

    told = second.post(_url(town, "prov/"), {"seen": tried}, follow=True)

    page = told.content.decode()
    assert "En annen har endret reglene siden du begynte" in page
    assert f"{town.adviser.name} lagret andre regler" in page
    assert [line.rule.words for line, _doubts in told.context["lines"]] == [["benk"]]
    assert second.get(_url(town, "prov/"))["Location"] == _url(town)
    assert _words() == [["bord"]]

    second.post(_url(town, "bygg-videre/"))
    assert second.get(_url(town, "prov/")).status_code == 200


def test_changes_are_thrown_away_with_a_press(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    adviser.post(_url(town, f"{rules[0].pk}/fjern/"))

    page = adviser.post(_url(town, "forkast/"), follow=True)

    assert [line.rule.words for line, _doubts in page.context["lines"]] == [["benk"], ["bord"]]
    assert f'<form method="post" action="{_url(town, "forkast/")}" data-submit-once>' in page.content.decode()


def test_throwing_away_is_undone_once(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    adviser.post(_url(town, f"{rules[0].pk}/fjern/"))
    adviser.post(_url(town, "forkast/"))

    undone = adviser.post(_url(town, "forkast/"), {"angre": "1"}, follow=True)
    again = adviser.post(_url(town, "forkast/"), {"angre": "1"}, follow=True)

    assert [line.rule.words for line, _doubts in undone.context["lines"]] == [["bord"]]
    assert "Det er ikke noe å hente tilbake lenger." in again.content.decode()


def test_trial_without_changes_leads_back_to_the_rules(town: Town, adviser: Client) -> None:
    assert adviser.get(_url(town, "prov/"))["Location"] == _url(town)


def test_trial_without_ideas_says_so(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    adviser.post(_url(town, f"{rules[0].pk}/fjern/"))

    assert "ingenting å prøve reglene på" in adviser.get(_url(town, "prov/")).content.decode()


def test_trial_where_nobody_is_moved_says_so(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    make_idea(town.municipality, text="Noe annet.")
    make_idea(town.municipality, text="Noe tredje.")
    adviser.post(_url(town, f"{rules[0].pk}/fjern/"))

    assert "De siste 2 ideene går til de samme som før." in adviser.get(_url(town, "prov/")).content.decode()


def test_history_is_shown_in_sentences(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    adviser.post(_url(town, f"{rules[0].pk}/fjern/"))
    adviser.post(_url(town, "prov/"), {"seen": adviser.get(_url(town, "prov/")).context["proposal"].seen})

    page = adviser.get(_url(town, "endringer/")).content.decode()

    assert f"· {town.adviser.name}" in page
    assert "Fjernet: <del>Nevner ideen <strong>«benk»</strong>" in page


@pytest.mark.parametrize(
    ("act", "rule"), [("fjern", ids.new_id()), ("opp", ids.new_id())], ids=["removes another's", "moves another's"]
)
def test_rule_that_is_not_in_the_list_changes_nothing(town: Town, adviser: Client, act: str, rule: UUID) -> None:
    adviser.post(_url(town, f"{rule}/{act}/"))

    assert RoutingProposal.objects.count() == 0
    assert adviser.get(_url(town, f"{rule}/")).status_code == 404


def test_unknown_act_is_not_found(town: Town, adviser: Client, rules: list[RoutingRule]) -> None:
    assert adviser.post(_url(town, f"{rules[0].pk}/slett-alt/")).status_code == 404


READ = ("", "ny/", "prov/", "endringer/")
POSTED = ("ny/", "prov/", "forkast/", "bygg-videre/")


@pytest.mark.parametrize(
    ("who", "status"),
    [("nurse", 403), ("leader", 403), ("director", 403), ("chief", 403), ("outsider", 403), ("other", 404)],
)
def test_routing_is_the_advisers_alone(town: Town, rules: list[RoutingRule], who: str, status: int) -> None:
    people: dict[str, User] = {
        "chief": RoleAssignmentFactory(unit=town.office, role=Role.CHIEF_EXEC).user,
        "other": adviser_of(MunicipalityFactory()),
    }
    client = _signed_in(people.get(who) or getattr(town, who))
    acts = [f"{rules[0].pk}/{act}/" for act in ("opp", "ned", "fjern", "tilbake")]

    read = {client.get(_url(town, rest)).status_code for rest in (*READ, f"{rules[0].pk}/")}
    posted = {client.post(_url(town, rest), _sent(words="tak")).status_code for rest in (*POSTED, *acts)}

    assert (read, posted) == ({status}, {status})
    assert _words() == [["benk"], ["bord"]]
    assert RoutingProposal.objects.count() == 0


def test_routing_signed_out_leads_to_the_sign_in(town: Town) -> None:
    response = Client().get(_url(town))

    assert response.status_code == 302
    assert response["Location"].startswith("/konto/logg-inn/")


def test_tab_of_routing_is_shown_to_those_who_may_open_it(town: Town, adviser: Client) -> None:
    chief = _signed_in(RoleAssignmentFactory(unit=town.office, role=Role.CHIEF_EXEC).user)
    overview = f"/{town.municipality.slug}/oppsett/"

    assert _url(town) in adviser.get(overview).content.decode()
    assert _url(town) not in chief.get(overview).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_rules_takes_a_fixed_number_of_queries(
    town: Town, adviser: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        adviser.post(_url(town, "ny/"), _sent(words=f"ord{number}", unit=str(town.ward.pk), to=str(town.office.pk)))

    with django_assert_num_queries(9):
        adviser.get(_url(town))
