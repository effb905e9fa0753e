"""The pages of ideas: the writer's way from the box to the answer, and who is turned away."""

import re

import pytest
from django.test import Client

from grobunn.ideas.findable import document_of_idea
from grobunn.ideas.models import Idea, Visibility
from grobunn.ideas.services import answer
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.search import services


def _write(client: Client, town: Town, **fields: str) -> object:
    return client.post(f"/{town.municipality.slug}/ny", {"text": "Sett opp en benk.", **fields})


def test_write_idea_signed_out_gives_a_receipt_with_holder_and_date(client: Client, town: Town) -> None:
    response = client.post(f"/{town.municipality.slug}/ny", {"text": "Sett opp en benk."}, follow=True)

    idea = Idea.objects.get()
    page = response.content.decode()
    assert response.redirect_chain == [(f"/t/{idea.receipt}/kvittering/", 302)]
    assert idea.receipt in page
    assert "innovasjonsrådgiver" in page


def test_write_idea_with_nothing_is_told_and_keeps_nothing(client: Client, town: Town) -> None:
    response = _write(client, town, text="  ")

    assert response.status_code == 422
    assert Idea.objects.count() == 0


def test_write_idea_like_whistleblowing_shows_the_channel_and_keeps_nothing(client: Client, town: Town) -> None:
    response = _write(client, town, text="Jeg vil varsle om trakassering på avdelingen")

    assert response.context["channel"] == "whistleblowing"
    assert Idea.objects.count() == 0


def test_write_idea_like_whistleblowing_goes_on_when_the_writer_wants(client: Client, town: Town) -> None:
    _write(client, town, text="Jeg vil varsle om trakassering på avdelingen", goes_on="on")

    assert Idea.objects.count() == 1


def test_write_idea_signed_out_meanwhile_is_told_before_it_goes_without_a_name(client: Client, town: Town) -> None:
    client.force_login(town.nurse)
    assert 'name="signed_in"' in client.get(f"/{town.municipality.slug}/ny").content.decode()
    client.logout()

    response = _write(client, town, signed_in="on")

    page = response.content.decode()
    assert Idea.objects.count() == 0
    assert "Du er ikke logget inn lenger" in page
    assert f"/konto/logg-inn/?next=/{town.municipality.slug}/ny" in page
    assert "Sett opp en benk." in page
    assert 'name="signed_in"' not in page  # Sent once more, it is the writer's choice.


def test_write_idea_signed_out_meanwhile_goes_where_no_name_was_wanted(client: Client, town: Town) -> None:
    _write(client, town, signed_in="on", is_anonymous="on")

    assert Idea.objects.get().writer is None


def test_thread_by_receipt_is_found_however_it_is_typed(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)

    response = client.post("/t/", {"receipt": f" {idea.receipt.lower().replace('-', ' ')} "})

    assert response.status_code == 302
    assert response["Location"] == f"/t/{idea.receipt}/"


def test_thread_by_unknown_receipt_is_not_found(client: Client, town: Town) -> None:
    assert client.get("/t/0000-0000-0000/").status_code == 404


def test_question_is_answered_by_the_anonymous_writer(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.ask(idea, actor=town.adviser, reason="Hvilken inngang?")

    page = client.get(f"/t/{idea.receipt}/").content.decode()
    response = client.post(f"/t/{idea.receipt}/svar/", {"reason": "Den mot parken."})

    assert "Hvilken inngang?" in page
    assert response.status_code == 302
    assert Idea.objects.get().state == IdeaState.ASSESSING


@pytest.mark.parametrize(
    ("who", "status"), [("nurse", 404), ("leader", 404), ("director", 404), ("outsider", 404), ("adviser", 200)]
)
def test_internal_idea_is_seen_by_those_who_handle_it(client: Client, town: Town, who: str, status: int) -> None:
    idea = make_idea(town.municipality, visibility=Visibility.INTERNAL)
    client.force_login(getattr(town, who))

    response = client.get(f"/{town.municipality.slug}/ideer/{idea.reference}/")

    assert response.status_code == status


def test_step_by_holder_answers_and_offers_undo(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    client.force_login(town.leader)

    form = client.get(f"/{town.municipality.slug}/ideer/{idea.reference}/steg/decline/")
    response = client.post(
        f"/{town.municipality.slug}/ideer/{idea.reference}/steg/decline/",
        {"reason": "Det er kjøpt inn benker.", "version": idea.version},
        follow=True,
    )

    assert form.status_code == 200
    assert Idea.objects.get().state == IdeaState.DECLINED
    assert "Det er kjøpt inn benker." in response.content.decode()
    assert "/angre/" in response.content.decode()


def test_step_by_employee_is_forbidden_and_changes_nothing(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    client.force_login(town.nurse)

    response = client.post(f"/{town.municipality.slug}/ideer/{idea.reference}/steg/decline/", {"reason": "Nei."})

    assert response.status_code == 403
    assert Idea.objects.get().state == IdeaState.RECEIVED


def test_step_on_an_idea_that_moved_meanwhile_is_told(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.take_up(idea, actor=town.adviser)
    client.force_login(town.adviser)

    response = client.post(
        f"/{town.municipality.slug}/ideer/{idea.reference}/steg/decline/", {"reason": "Nei.", "version": 1}
    )

    assert response.status_code == 422
    assert Idea.objects.get().state == IdeaState.ASSESSING


def test_queue_shows_the_adviser_everything_and_the_leader_their_own(client: Client, town: Town) -> None:
    mine = make_idea(town.municipality, unit=town.ward)
    make_idea(town.municipality)
    client.force_login(town.leader)
    leaders = client.get(f"/{town.municipality.slug}/ko/")
    client.force_login(town.adviser)
    advisers = client.get(f"/{town.municipality.slug}/ko/")

    assert [idea.reference for idea in leaders.context["page"].rows] == [mine.reference]
    assert len(advisers.context["page"].rows) == 2


def test_queue_for_employee_is_forbidden(client: Client, town: Town) -> None:
    client.force_login(town.nurse)

    assert client.get(f"/{town.municipality.slug}/ko/").status_code == 403


def test_box_offers_the_kinds_that_the_municipality_asks_for(client: Client, town: Town) -> None:
    town.municipality.idea_kinds = ["new_service"]
    town.municipality.save(update_fields=["idea_kinds"])
    address = f"/{town.municipality.slug}/ny"

    page = client.get(address).content.decode()
    refused = client.post(address, {"text": "Sett opp en benk.", "kind": "new_product"})

    assert ('value="new_service"' in page, 'value="new_product"' in page) == (True, False)
    assert (refused.status_code, Idea.objects.count()) == (422, 0)


def test_write_idea_look_shows_what_is_alike_and_keeps_all_that_was_typed(client: Client, town: Town) -> None:
    other = make_idea(town.municipality, text="Gåbuss til skolen hver morgen", visibility=Visibility.MUNICIPALITY)
    services.index_now([document_of_idea(other)])
    client.force_login(town.nurse)
    typed = {
        "text": "Foreldre ønsker gåbuss til skolen",
        "title": "Gå sammen",
        "kind": "service",
        "visibility": "public",
        "is_anonymous": "on",
    }

    response = _write(client, town, look="1", **typed)

    page = response.content.decode()
    assert response.status_code == 200
    assert Idea.objects.count() == 1
    assert f'href="/{town.municipality.slug}/ideer/{other.reference}/"' in page
    assert '<details class="similar__found"' in page
    assert "Foreldre ønsker gåbuss til skolen</textarea>" in page
    assert 'value="Gå sammen"' in page
    assert re.search(r'name="visibility" value="public"[^>]* checked', page)
    assert re.search(r'name="is_anonymous"[^>]* checked', page)


def test_write_idea_look_says_that_nothing_is_alike(client: Client, town: Town) -> None:
    page = client.post(f"/{town.municipality.slug}/ny", {"text": "Noe helt annet", "look": "1"}).content.decode()

    assert "Det ser ikke ut til at noen har tenkt det samme" in page
    assert "Noe helt annet</textarea>" in page
