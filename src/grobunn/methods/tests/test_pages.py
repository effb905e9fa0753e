"""The set-up of methods: every button of the editor, without a script."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.methods.contents import data_of
from grobunn.methods.models import MethodEdition, OwnMethod
from grobunn.methods.packaged import packaged_method
from grobunn.methods.queries import method_of
from grobunn.methods.services.own import make_method
from grobunn.methods.tests.conftest import Town


def _client(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def _url(town: Town, rest: str = "") -> str:
    return f"/{town.municipality.slug}/oppsett/metoder/{rest}"


@pytest.fixture
def own(town: Town) -> OwnMethod:
    method = packaged_method("veikart", "nb")
    assert method is not None
    return make_method(town.municipality, name="Vår måte", content=data_of(method), actor=town.adviser)


def _sent(client: Client, town: Town, own: OwnMethod, **changes: Any) -> dict[str, Any]:
    """What the browser would send of the form as it stands."""
    page = client.get(_url(town, f"m/{own.key}/endre/"))
    form, phases = page.context["form"], page.context["phases"]
    sent = {form[name].html_name: form[name].value() or "" for name in form.fields}
    sent |= {"p-TOTAL_FORMS": len(phases.forms), "p-INITIAL_FORMS": len(phases.forms)}
    for phase in phases.forms:
        sent |= {phase[name].html_name: phase[name].value() or "" for name in phase.fields}
    return {**sent, "act": "save", **changes}


def _names(page: Any) -> list[str]:
    return [phase["name"].value() for phase in page.context["phases"].forms]


def test_list_shows_what_is_offered_and_what_is_made_here(town: Town, own: OwnMethod) -> None:
    page = _client(town.adviser).get(_url(town)).content.decode()

    assert page.count("Comes with Grobunn.") == 3
    assert page.count("Made here. Edition 1") == 1
    assert page.count("Not offered") == 1


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_however_many(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    method = packaged_method("veikart", "nb")
    assert method is not None
    for number in range(count):
        make_method(town.municipality, name=f"Vår {number}", content=data_of(method), actor=town.adviser)
    client = _client(town.adviser)
    client.get(_url(town))

    with django_assert_num_queries(5):
        client.get(_url(town))


@pytest.mark.parametrize("rest", ["", "ny/", "m/{key}/", "m/{key}/endre/"])
def test_pages_are_for_those_who_set_up(town: Town, own: OwnMethod, rest: str) -> None:
    assert _client(town.nurse).get(_url(town, rest.format(key=own.key))).status_code == 403


def test_nurse_offers_nothing(town: Town, own: OwnMethod) -> None:
    answered = _client(town.nurse).post(_url(town, f"m/{own.key}/tilby/"), {"tilby": "1"})

    own.refresh_from_db()
    assert (answered.status_code, own.is_offered) == (403, False)


def test_new_method_as_a_copy_leads_to_its_phases(town: Town) -> None:
    client = _client(town.adviser)

    answered = client.post(_url(town, "ny/"), {"name": "Prosjekt hos oss", "based_on": "prosjektveiviseren"})

    assert answered.headers["Location"] == _url(town, "m/prosjekt-hos-oss/endre/")
    page = client.get(answered.headers["Location"])
    assert _names(page) == ["Idé", "Konsept", "Planlegge", "Gjennomføre", "Avslutte", "Realisere"]


def test_new_method_from_nothing_has_one_phase(town: Town) -> None:
    client = _client(town.adviser)

    answered = client.post(_url(town, "ny/"), {"name": "Fra bunnen", "based_on": ""})

    assert len(_names(client.get(answered.headers["Location"]))) == 1


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("down:0", ["Innsikt og idé", "Før du starter", "Utvikling, utprøving og evaluering"]),
        ("up:1", ["Innsikt og idé", "Før du starter", "Utvikling, utprøving og evaluering"]),
        ("up:0", ["Før du starter", "Innsikt og idé", "Utvikling, utprøving og evaluering"]),
        ("add:0", ["Før du starter", "", "Innsikt og idé"]),
        ("remove:1", ["Før du starter", "Utvikling, utprøving og evaluering", "Overgang til drift"]),
        ("remove:99", ["Før du starter", "Innsikt og idé", "Utvikling, utprøving og evaluering"]),
    ],
)
def test_buttons_change_the_form_and_keep_nothing(town: Town, own: OwnMethod, act: str, expected: list[str]) -> None:
    client = _client(town.adviser)

    page = client.post(_url(town, f"m/{own.key}/endre/"), _sent(client, town, own, act=act))

    assert page.status_code == 200
    assert _names(page)[:3] == expected
    assert MethodEdition.objects.count() == 1


def test_preview_shows_what_is_written_and_offers_new_hand_ins_as_needs(town: Town, own: OwnMethod) -> None:
    client = _client(town.adviser)
    sent = _sent(client, town, own, act="preview")
    sent["p-0-hand_ins"] = "Avtale: hvem som gjør hva"

    page = client.post(_url(town, f"m/{own.key}/endre/"), sent)

    assert "So it reads" in page.content.decode()
    assert ("avtale", "Avtale") in page.context["phases"].forms[0].fields["needs"].choices
    assert MethodEdition.objects.count() == 1


def test_save_makes_an_edition_with_gate_and_questions(town: Town, own: OwnMethod) -> None:
    client = _client(town.adviser)
    sent = _sent(client, town, own)
    sent |= {
        "p-0-questions": "Hvem?\n\nHvorfor?",
        "p-0-gate": "Begynner vi?",
        "p-0-needs": ["owner", "risks"],
        "p-0-decided_by": "leader",
    }

    answered = client.post(_url(town, f"m/{own.key}/endre/"), sent)

    assert answered.headers["Location"] == _url(town, f"m/{own.key}/")
    saved = method_of(town.municipality.pk, own.key)
    assert saved is not None
    assert saved.first.gate is not None
    assert (saved.edition, saved.first.questions) == (2, ("Hvem?", "Hvorfor?"))
    assert (saved.first.gate.name, saved.first.gate.needs, saved.first.gate.decided_by) == (
        "Begynner vi?",
        ("owner", "risks"),
        "leader",
    )


def test_stages_that_go_backwards_are_refused(town: Town, own: OwnMethod) -> None:
    client = _client(town.adviser)

    page = client.post(_url(town, f"m/{own.key}/endre/"), _sent(client, town, own, **{"p-1-stage": "idea"}))

    assert page.status_code == 422
    assert "Phase 2 is counted as something that comes before" in page.content.decode()
    assert MethodEdition.objects.count() == 1


def test_second_editor_keeps_the_words_and_may_save_on_top(town: Town, own: OwnMethod) -> None:
    client, url = _client(town.adviser), _url(town, f"m/{own.key}/endre/")
    first, second = _sent(client, town, own, name="Den første"), _sent(client, town, own, name="Den andre")
    client.post(url, first)

    page = client.post(url, second)

    assert page.status_code == 409
    assert "Somebody else has saved this method while you wrote" in page.content.decode()
    assert page.context["form"]["name"].value() == "Den andre"
    client.post(url, {**second, "edition": page.context["form"]["edition"].value()})
    own.refresh_from_db()
    assert (own.name, own.edition) == ("Den andre", 3)


def test_method_page_shows_earlier_editions(town: Town, own: OwnMethod) -> None:
    client = _client(town.adviser)
    client.post(_url(town, f"m/{own.key}/endre/"), _sent(client, town, own, name="Nytt navn"))

    page = client.get(_url(town, f"m/{own.key}/?utgave=1")).content.decode()

    assert "This is edition 1. There is a newer one." in page
    assert page.count("Edition 2") == 1
    assert client.get(_url(town, "m/finnes-ikke/")).status_code == 404


def test_offer_and_offer_no_longer(town: Town, own: OwnMethod) -> None:
    client = _client(town.adviser)

    client.post(_url(town, f"m/{own.key}/tilby/"), {"tilby": "1"})
    client.post(_url(town, "m/trippel-diamant/tilby/"), {"tilby": "0"})

    page = client.get(_url(town)).content.decode()
    assert page.count(">Not offered<") == 1
    assert client.post(_url(town, "m/finnes-ikke/tilby/"), {"tilby": "1"}).status_code == 404
