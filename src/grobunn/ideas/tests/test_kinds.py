"""Which kinds of ideas a municipality asks for."""

from typing import Any

import pytest
from django.test import Client

from grobunn.accounts.models import User
from grobunn.ideas.models import Idea, IdeaKind, RoutingRule
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel.models import AuditEntry
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, adviser_of


def _signed_in(user: User) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="nb")
    client.force_login(user)
    return client


@pytest.fixture
def adviser(town: Town) -> Client:
    return _signed_in(town.adviser)


def _url(town: Town) -> str:
    return f"/{town.municipality.slug}/oppsett/idetyper/"


def _kinds(town: Town) -> list[str]:
    return Municipality.objects.get(pk=town.municipality.pk).idea_kinds


def test_all_kinds_are_offered_until_somebody_chooses(town: Town, adviser: Client) -> None:
    assert adviser.get(_url(town)).context["form"]["kinds"].value() == IdeaKind.values


def test_chosen_kinds_are_what_the_box_offers(town: Town, adviser: Client) -> None:
    saved = adviser.post(_url(town), {"kinds": ["other", "new_product"]}, follow=True)
    box = Client().get(f"/{town.municipality.slug}/ny").content.decode()

    assert _kinds(town) == ["new_product", "other"]
    assert saved.context["form"]["kinds"].value() == ["new_product", "other"]
    assert ('value="new_product"' in box, 'value="new_service"' in box) == (True, False)
    entry = AuditEntry.objects.get(action="organisations.change_municipality")
    assert (entry.actor_id, entry.data) == (town.adviser.pk, {"fields": ["idea_kinds"]})


def test_box_offers_the_kinds_in_the_order_of_the_municipality(town: Town, adviser: Client) -> None:
    adviser.post(_url(town), {"kinds": IdeaKind.values, "order": ["other", "new_service"]})

    box = Client().get(f"/{town.municipality.slug}/ny").context["form"]

    assert _kinds(town)[:3] == ["other", "new_service", "organisational_change"]
    assert [value for value, _label in box.fields["kind"].choices] == ["", *_kinds(town)]


def test_all_kinds_chosen_in_their_order_is_no_choice(town: Town, adviser: Client) -> None:
    adviser.post(_url(town), {"kinds": ["other"]})
    adviser.post(_url(town), {"kinds": IdeaKind.values, "seen": "other"})

    assert _kinds(town) == []


@pytest.mark.parametrize(
    ("move", "place", "focus"),
    [
        ("down:organisational_change", 1, "down"),
        ("up:organisational_change", 0, "down"),
        ("up:other", 3, "up"),
        ("down:other", 4, "up"),
    ],
)
def test_kind_is_moved_on_the_page_and_nothing_is_saved(
    town: Town, adviser: Client, move: str, place: int, focus: str
) -> None:
    kind = move.partition(":")[2]

    page = adviser.post(_url(town), {"move": move, "order": IdeaKind.values, "kinds": ["other"], "seen": ""})

    rows = page.context["rows"]
    assert [row.kind for row in rows].index(kind) == place
    assert [row.kind for row in rows if row.is_chosen] == ["other"]
    assert [(row.kind, row.pressed) for row in rows if row.pressed] == [(kind, focus)]
    assert f'value="{focus}:{kind}" data-variant="tertiary" data-size="sm" autofocus' in page.content.decode()
    assert _kinds(town) == []


@pytest.mark.parametrize("move", ["", "up:poem", "sideways:other", "up"])
def test_move_that_cannot_be_leaves_the_order(town: Town, adviser: Client, move: str) -> None:
    page = adviser.post(_url(town), {"move": move, "order": ["other", "poem"], "kinds": ["other"]})

    assert page.status_code == 200
    assert [row.kind for row in page.context["rows"]] == ["other", *IdeaKind.values[:-1]]


def test_second_of_two_advisers_is_told_and_loses_nothing(town: Town, adviser: Client) -> None:
    opened = adviser.get(_url(town)).context["seen"]
    _signed_in(town.adviser).post(_url(town), {"kinds": ["new_product"], "seen": opened})

    told = adviser.post(_url(town), {"kinds": ["other"], "order": ["other"], "seen": opened})
    kept = _kinds(town)
    adviser.post(_url(town), {"kinds": ["other"], "order": ["other"], "seen": told.context["seen"]})

    assert told.status_code == 422
    assert "Noen andre har endret typene imens, til: Nytt produkt." in told.content.decode()
    assert [row.kind for row in told.context["rows"] if row.is_chosen] == ["other"]
    assert (opened, kept, _kinds(town)) == ("", ["new_product"], ["other"])


def test_two_advisers_who_want_the_same_are_both_served(town: Town, adviser: Client) -> None:
    for _adviser in range(2):
        assert adviser.post(_url(town), {"kinds": ["other"], "seen": ""}).status_code == 302

    assert AuditEntry.objects.filter(action="organisations.change_municipality").count() == 1


@pytest.mark.parametrize(
    ("sent", "says"), [([], "Velg minst én type"), (["other", "poem"], "Velg et gyldig valg")], ids=["none", "unknown"]
)
def test_bad_choice_is_told_and_changes_nothing(town: Town, adviser: Client, sent: list[str], says: str) -> None:
    page = adviser.post(_url(town), {"kinds": sent, "sent": "1"})

    assert page.status_code == 422
    assert says in str(page.context["form"].errors["kinds"])
    assert _kinds(town) == []


@pytest.mark.parametrize(("kind", "is_told"), [("new_service", True), ("other", False), ("", False)])
def test_rules_that_look_for_a_dropped_kind_are_named(town: Town, adviser: Client, kind: str, is_told: bool) -> None:
    RoutingRule.objects.create(
        municipality=town.municipality, position=1, kind=kind, words=["a"], receiver_role=Role.INNOVATION_ADVISER
    )

    page = adviser.post(_url(town), {"kinds": ["other"]}, follow=True)

    assert ("Noen rutingsregler ser etter en type" in page.content.decode()) is is_told


def test_idea_that_is_edited_keeps_the_kind_that_it_has(town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.nurse, kind="new_service")
    Municipality.objects.filter(pk=town.municipality.pk).update(idea_kinds=["other"])
    client = _signed_in(town.nurse)
    address = f"/{town.municipality.slug}/ideer/{idea.reference}/endre/"

    offered = [value for value, _label in client.get(address).context["form"].fields["kind"].choices]
    client.post(address, {"text": "En ny benk.", "kind": "new_service"})
    refused = client.post(address, {"text": "Nok en benk.", "kind": "new_product"})

    assert offered == ["", "other", "new_service"]
    assert "kind" in refused.context["form"].errors
    assert Idea.objects.values_list("text", "kind").get() == ("En ny benk.", "new_service")


def test_api_refuses_a_kind_that_is_not_asked_for(town: Town) -> None:
    Municipality.objects.filter(pk=town.municipality.pk).update(idea_kinds=["other"])
    address = f"/api/v1/municipalities/{town.municipality.slug}/ideas"

    def send(**given: Any) -> Any:
        return Client().post(address, {"text": "En benk.", **given}, content_type="application/json")

    refused, taken = send(kind="new_product"), send(kind="other")

    assert (refused.status_code, taken.status_code) == (422, 201)
    assert "kind" in refused.content.decode()
    assert Idea.objects.get().kind == "other"


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("leader", 403), ("chief", 403), ("other", 404)])
def test_kinds_are_the_advisers_alone(town: Town, who: str, status: int) -> None:
    people: dict[str, Any] = {
        "chief": RoleAssignmentFactory(unit=town.office, role=Role.CHIEF_EXEC).user,
        "other": adviser_of(MunicipalityFactory()),
    }
    client = _signed_in(people.get(who) or getattr(town, who))

    answers = {client.get(_url(town)).status_code, client.post(_url(town), {"kinds": ["other"]}).status_code}

    assert (answers, _kinds(town)) == ({status}, [])
