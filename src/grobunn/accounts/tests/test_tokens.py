"""Tokens of programs: shown once, kept as a hash, ended at once."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from grobunn.accounts import delegation, queries
from grobunn.accounts.jobs import forget_old
from grobunn.accounts.models import ApiToken, User
from grobunn.accounts.services.tokens import (
    LONGEST_DAYS,
    UnknownScope,
    bearer_of,
    make_service_token,
    make_token,
    revoke_token,
)
from grobunn.accounts.services.users import take_into_use_again, take_out_of_use
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, ids
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
SCOPE = "organisations:read"
TRONDHEIM = ids.new_id()
API = "/api/v1/municipalities"


@pytest.fixture
def made(person):
    return make_token(person, name="report", scopes=[SCOPE], days=90)


@pytest.fixture
def adviser(monkeypatch):
    """Somebody who may set up one municipality."""
    adviser = UserFactory(name="Adviser")
    told = [lambda actor: {TRONDHEIM: "Trondheim"} if actor == adviser else {}]
    monkeypatch.setattr(delegation, "_told_by", told)
    return adviser


def test_token_opens_what_its_person_may_open(client, made, person):
    bearer = bearer_of(made.raw)

    assert (bearer.user, bearer.scopes, bearer.is_service) == (person, frozenset({SCOPE}), False)
    assert client.get(API, headers={"Authorization": f"Bearer {made.raw}"}).status_code == 200


def test_token_is_kept_as_a_hash_with_its_beginning(made):
    row = ApiToken.objects.values().get()

    assert made.raw not in str(row)
    assert made.raw.startswith(row["beginning"])
    assert len(row["beginning"]) == 14


def test_token_is_in_no_log_and_no_audit(client, made, caplog):
    caplog.set_level(logging.DEBUG)

    client.get(API, headers={"Authorization": f"Bearer {made.raw}"})
    client.get(API, headers={"Authorization": f"Bearer {made.raw}x"})

    assert made.raw not in caplog.text
    assert made.raw not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("scopes", [[], ["nobody:declared"], [SCOPE, "nobody:declared"]])
def test_token_without_known_scopes_is_not_made(person, scopes):
    with pytest.raises(UnknownScope):
        make_token(person, name="report", scopes=scopes, days=90)

    assert ApiToken.objects.count() == 0


def test_token_ends_on_its_day(made):
    with clock.moved_by(days=89):
        last_day = bearer_of(made.raw)
    with clock.moved_by(days=91):
        after = bearer_of(made.raw)

    assert last_day is not None
    assert after is None


@given(st.integers(min_value=1, max_value=100_000))
def test_token_never_lasts_longer_than_the_longest(days):
    assert min(days, LONGEST_DAYS) <= LONGEST_DAYS


def test_token_is_ended_at_once(client, made, person):
    revoke_token(made.token, actor=person)
    revoke_token(made.token, actor=person)

    assert bearer_of(made.raw) is None
    assert client.get(API, headers={"Authorization": f"Bearer {made.raw}"}).status_code == 401
    assert AuditEntry.objects.filter(action="accounts.revoke_token").count() == 1


def test_leaving_ends_tokens_for_good(made, person):
    take_out_of_use(person, actor=SYSTEM)
    left = bearer_of(made.raw)

    take_into_use_again(person, actor=SYSTEM)

    assert left is None
    assert bearer_of(made.raw) is None


def test_use_is_remembered_by_the_day(made, django_assert_num_queries):
    bearer_of(made.raw)

    with django_assert_num_queries(1):
        bearer_of(made.raw)

    assert ApiToken.objects.get().last_used_on == clock.today()


def test_service_token_belongs_to_a_user_of_its_own_that_ends_with_it(adviser):
    made = make_service_token(municipality_id=TRONDHEIM, name="Intranet", scopes=[SCOPE], days=365, made_by=adviser)
    bearer = bearer_of(made.raw)

    revoke_token(made.token, actor=adviser)

    assert (bearer.is_service, bearer.municipality_id, bearer.user.name) == (True, TRONDHEIM, "Intranet")
    assert User.objects.get(pk=bearer.user.pk).is_active is False


def test_service_has_no_password_and_no_page(client, adviser):
    made = make_service_token(municipality_id=TRONDHEIM, name="Intranet", scopes=[SCOPE], days=365, made_by=adviser)
    client.force_login(made.token.user)

    response = client.get(reverse("accounts:overview"))

    assert response.status_code == 403
    assert not made.token.user.has_usable_password()


def test_new_token_is_shown_once(browser):
    response = browser.post(reverse("accounts:make_token"), {"name": "report", "scopes": [SCOPE], "days": "30"})
    raw = response.context["made"].raw

    assert raw in response.content.decode()
    assert raw not in browser.get(reverse("accounts:tokens")).content.decode()
    assert "report" in browser.get(reverse("accounts:tokens")).content.decode()


def test_token_form_with_an_unknown_scope_makes_nothing(browser):
    response = browser.post(reverse("accounts:make_token"), {"name": "report", "scopes": ["x:y"], "days": "30"})

    assert response.status_code == 422
    assert ApiToken.objects.count() == 0


def test_service_token_is_made_by_whoever_may_set_up(client, adviser):
    client.force_login(adviser)

    response = client.post(
        reverse("accounts:make_service_token"),
        {"municipality": str(TRONDHEIM), "name": "Intranet", "scopes": [SCOPE], "days": "365"},
    )

    assert response.status_code == 200
    assert ApiToken.objects.get().municipality_id == TRONDHEIM


def test_service_token_of_another_municipality_is_not_made(client, adviser):
    client.force_login(adviser)

    response = client.post(
        reverse("accounts:make_service_token"),
        {"municipality": str(ids.new_id()), "name": "Intranet", "scopes": [SCOPE], "days": "365"},
    )

    assert response.status_code == 422
    assert ApiToken.objects.count() == 0


def test_service_token_by_whoever_may_not_set_up_is_refused(browser, adviser):
    response = browser.post(
        reverse("accounts:make_service_token"),
        {"municipality": str(TRONDHEIM), "name": "Intranet", "scopes": [SCOPE], "days": "365"},
    )

    assert response.status_code == 403
    assert ApiToken.objects.count() == 0


@pytest.mark.parametrize(
    ("who", "own", "service"),
    [("nobody", 302, 302), ("stranger", 404, 404), ("owner", 302, 404), ("adviser", 404, 302)],
)
def test_revoking_a_token_is_for_its_person_and_a_service_for_its_setters_up(
    client, adviser, person, made, who, own, service
):
    of_service = make_service_token(
        municipality_id=TRONDHEIM, name="Intranet", scopes=[SCOPE], days=365, made_by=adviser
    )
    people = {"stranger": UserFactory(), "owner": person, "adviser": adviser}
    if who != "nobody":
        client.force_login(people[who])

    answers = [
        client.post(reverse("accounts:revoke_token", args=[token.token.pk])).status_code for token in (made, of_service)
    ]

    assert answers == [own, service]
    is_revoked = [bearer_of(token.raw) is None for token in (made, of_service)]
    assert is_revoked == [who == "owner", who == "adviser"]


def test_ended_tokens_are_forgotten_after_half_a_year(made, person):
    revoke_token(made.token, actor=person)

    with clock.moved_by(days=179):
        forget_old()
    kept = ApiToken.objects.count()
    with clock.moved_to(clock.now() + timedelta(days=181)):
        forget_old()

    assert (kept, ApiToken.objects.count()) == (1, 0)


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_tokens_costs_the_same_however_many(browser, person, count):
    for number in range(count):
        make_token(person, name=f"report {number}", scopes=[SCOPE], days=90)

    with CaptureQueriesContext(connection) as captured:
        browser.get(reverse("accounts:tokens"))

    assert len([query for query in captured if "accounts_apitoken" in query["sql"]]) == 1


def test_unknown_texts_are_nobodys_tokens():
    assert [queries.user_of_token(raw) for raw in ("", "grobunn_", "x" * 10_000)] == [None, None, None]
