"""Adoptions over the API: the same services, the same refusals, the same count."""

import pytest
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.tests.asking import Ask
from grobunn.cases.api.adoption_schemas import AdoptionStep
from grobunn.cases.forms.adopting import FORMS
from grobunn.cases.models import Adoption, Case
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_adoption
from grobunn.kernel import clock, ids
from grobunn.organisations.tests.factories import MunicipalityFactory

IN_USE = {"manner": "adapted", "changed": "Bare om natten.", "contact_role": "rnd_contact"}


def test_every_step_of_the_pages_is_one_of_the_api() -> None:
    assert sorted(AdoptionStep.__args__) == sorted(FORMS)


def test_begun_planned_tried_and_in_use_over_the_api_counts_one(ask: Ask, case: Case, neighbour: Neighbour) -> None:
    today = clock.today().isoformat()

    begun = ask(
        "post", f"cases/{case.slug}/adoptions", {"municipality": neighbour.municipality.slug}, by=neighbour.adviser
    )
    path = f"adoptions/{begun.json()['id']}"
    for step, body in (
        ("plan", {"planned_on": today}),
        ("try_out", {}),
        ("take_into_use", {**IN_USE, "in_use_on": today}),
    ):
        taken = ask("post", f"{path}/{step}", body, by=neighbour.adviser)

    assert (begun.status_code, begun.json()["state"], begun.json()["is_counted"]) == (201, "considering", False)
    assert (taken.status_code, taken.json()["state"], taken.json()["version"]) == (200, "in_use", 4)
    listed = ask("get", f"cases/{case.slug}/adoptions").json()
    assert [(each["municipality"], each["manner"], each["is_counted"]) for each in listed["items"]] == [
        (neighbour.municipality.slug, "adapted", True)
    ]
    case.refresh_from_db()
    assert case.adoption_count == 1


def test_begun_twice_under_one_idempotency_key_is_one(ask: Ask, case: Case, neighbour: Neighbour) -> None:
    key, body = str(ids.new_id()), {"municipality": neighbour.municipality.slug}

    answers = [
        ask("post", f"cases/{case.slug}/adoptions", body, by=neighbour.adviser, Idempotency_Key=key) for _ in range(2)
    ]

    assert answers[0].json() == answers[1].json()
    with scopes_disabled():
        assert Adoption.objects.count() == 1


def test_begun_again_while_on_the_way_is_a_conflict(ask: Ask, case: Case, neighbour: Neighbour) -> None:
    make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    refused = ask(
        "post", f"cases/{case.slug}/adoptions", {"municipality": neighbour.municipality.slug}, by=neighbour.adviser
    )

    assert refused.status_code == 409


@pytest.mark.parametrize(
    ("who", "status"), [("nobody", 401), ("origin", 403), ("nurse", 403), ("without_scope", 403), ("own", 409)]
)
def test_begin_is_refused(ask: Ask, case: Case, town: Town, neighbour: Neighbour, who: str, status: int) -> None:
    by = {"nobody": None, "origin": town.adviser, "nurse": neighbour.nurse, "own": town.adviser}
    scopes = frozenset({"cases:read"}) if who == "without_scope" else frozenset({"cases:write"})
    place = town.municipality if who == "own" else neighbour.municipality

    refused = ask(
        "post",
        f"cases/{case.slug}/adoptions",
        {"municipality": place.slug},
        by=by.get(who, neighbour.adviser),
        scopes=scopes,
    )

    assert refused.status_code == status
    with scopes_disabled():
        assert not Adoption.objects.exists()


def test_step_by_the_origin_is_refused_and_by_a_stranger_not_found(
    ask: Ask, case: Case, town: Town, neighbour: Neighbour
) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    refused = ask("post", f"adoptions/{adoption.pk}/stop", {"reason": "Nei."}, by=town.adviser)
    unknown = ask("post", f"adoptions/{adoption.pk}/stop", {"reason": "Nei."}, by=town.outsider)

    adoption.refresh_from_db()
    assert (refused.status_code, unknown.status_code) == (403, 404)
    assert adoption.state == AdoptionState.CONSIDERING


def test_step_without_what_it_needs_says_where(ask: Ask, case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    refused = ask("post", f"adoptions/{adoption.pk}/take_into_use", {"manner": "copied"}, by=neighbour.adviser)

    assert refused.status_code == 422
    assert {error["pointer"] for error in refused.json()["errors"]} == {"/in_use_on", "/contact_role"}


def test_step_from_an_old_version_is_a_conflict_and_the_same_key_the_same_step(
    ask: Ask, case: Case, neighbour: Neighbour
) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    body = {"version": 1, "key": str(ids.new_id())}

    first = ask("post", f"adoptions/{adoption.pk}/try_out", body, by=neighbour.adviser)
    again = ask("post", f"adoptions/{adoption.pk}/try_out", body, by=neighbour.adviser)
    late = ask("post", f"adoptions/{adoption.pk}/stop", {"reason": "Nei.", "version": 1}, by=neighbour.adviser)

    assert (first.status_code, again.status_code, late.status_code) == (200, 200, 409)
    assert first.json()["version"] == again.json()["version"] == 2


def test_list_tells_nobody_who_only_thinks_about_it(ask: Ask, case: Case, neighbour: Neighbour) -> None:
    make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    assert ask("get", f"cases/{case.slug}/adoptions", by=neighbour.adviser).json() == {"items": [], "next": None}


def test_list_has_pages_and_an_entity_tag(ask: Ask, case: Case) -> None:
    made = [make_adoption(case, MunicipalityFactory(is_in_use=True), state=AdoptionState.PILOT) for _ in range(3)]

    first = ask("get", f"cases/{case.slug}/adoptions?limit=2")
    unchanged = ask("get", f"cases/{case.slug}/adoptions?limit=2", If_None_Match=first.headers["ETag"])
    second = ask("get", first.json()["next"].partition("/api/v1/")[2])

    assert [each["id"] for each in first.json()["items"]] == [str(made[2].pk), str(made[1].pk)]
    assert [each["id"] for each in second.json()["items"]] == [str(made[0].pk)]
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert second.headers["ETag"] != first.headers["ETag"]


def test_list_of_an_unknown_case_is_not_found(ask: Ask, draft_case: Case) -> None:
    assert ask("get", f"cases/{draft_case.slug}/adoptions").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_with_one_and_with_three(
    ask: Ask, case: Case, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        make_adoption(case, MunicipalityFactory(is_in_use=True), state=AdoptionState.PILOT)
    ask("get", f"cases/{case.slug}/adoptions")

    with django_assert_num_queries(3):
        ask("get", f"cases/{case.slug}/adoptions")
