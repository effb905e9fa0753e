"""Several ideas at once: seen before it is sent, each by its own right, nothing lost, nothing twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from grobunn.ideas.models import Contact, Idea, ReasonTemplate
from grobunn.ideas.services import answer
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of


def _address(town: Town) -> str:
    return f"/{town.municipality.slug}/ko/samlet/"


def _sent(step: str, *ideas: Idea, **fields: str) -> dict[str, Any]:
    """What the page sends: the ideas, the versions that it showed, a reason for each."""
    versions = {f"v-{idea.reference}": str(idea.version) for idea in ideas}
    reasons = {f"m-{idea.reference}": f"Nei til {idea.reference}." for idea in ideas}
    return {"steg": step, "i": [idea.reference for idea in ideas], "vist": "", **versions, **reasons, **fields}


def _states() -> list[str]:
    return list(Idea.objects.order_by("reference").values_list("state", flat=True))


def test_preview_shows_each_message_as_its_writer_will_get_it(client: Client, town: Town) -> None:
    known = make_idea(town.municipality, writer=town.nurse, title="Benk")
    mailed = make_idea(town.municipality, contact=Contact.EMAIL, email="kari@example.org", title="Bord", language="nn")
    anonymous = make_idea(town.municipality)
    client.force_login(town.adviser)

    response = client.get(
        _address(town), {"steg": "decline", "i": [known.reference, mailed.reference, anonymous.reference]}
    )

    page = response.content.decode()
    previews = {part.idea.pk: preview for part, preview, _refusal in response.context["parts"]}
    assert (previews[known.pk].to, previews[known.pk].subject) == (town.nurse.name, "Svaret på: Benk")
    assert previews[known.pk].before == "Svaret er nei."
    assert previews[mailed.pk].after.startswith("Heile historia")
    assert previews[anonymous.pk] is None
    assert "kari@example.org" not in page
    assert mailed.receipt not in page
    assert _states() == [IdeaState.RECEIVED] * 3


def test_ready_reason_is_filled_in_for_each(client: Client, town: Town) -> None:
    ideas = [make_idea(town.municipality, title="Benk"), make_idea(town.municipality, title="Bord", unit=town.ward)]
    reason = ReasonTemplate.objects.create(
        municipality=town.municipality,
        edge="decline",
        name="For dyrt",
        text="{title} ({reference}) ble for dyrt for {unit}. {navn}",
    )
    client.force_login(town.adviser)

    response = client.post(_address(town), {**_sent("decline", *ideas), "fyll": "1", "mal": str(reason.pk)})

    assert [part.message.value() for part, _preview, _refusal in response.context["parts"]] == [
        f"Benk ({ideas[0].reference}) ble for dyrt for {town.municipality.name}. {{navn}}",
        f"Bord ({ideas[1].reference}) ble for dyrt for {town.ward.name}. {{navn}}",
    ]
    assert _states() == [IdeaState.RECEIVED] * 2


def test_decline_sends_each_its_own_reason(client: Client, town: Town) -> None:
    ideas = [make_idea(town.municipality), make_idea(town.municipality)]
    client.force_login(town.adviser)

    response = client.post(_address(town), {**_sent("decline", *ideas), "fra": "hos=me"})

    assert response["Location"] == f"/{town.municipality.slug}/ko/?hos=me"
    assert _states() == [IdeaState.DECLINED] * 2
    reasons = StateChange.objects.filter(edge="decline").order_by("id").values_list("reason", flat=True)
    assert list(reasons) == [f"Nei til {idea.reference}." for idea in ideas]


def test_idea_that_moved_meanwhile_is_told_and_the_others_are_done(client: Client, town: Town) -> None:
    moved, other = make_idea(town.municipality), make_idea(town.municipality)
    sent = _sent("decline", moved, other)
    answer.take_up(moved, actor=town.adviser)
    client.force_login(town.adviser)

    response = client.post(_address(town), sent)

    parts = response.context["parts"]
    assert response.status_code == 409
    assert [part.idea.reference for part, _preview, _refusal in parts] == [moved.reference]
    assert parts[0][0].message.value() == f"Nei til {moved.reference}."
    assert "rett før deg" in parts[0][2]
    assert {idea.reference: idea.state for idea in Idea.objects.all()} == {
        moved.reference: IdeaState.ASSESSING,
        other.reference: IdeaState.DECLINED,
    }


def test_sending_the_same_twice_does_nothing_twice(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    sent = _sent("decline", idea)
    client.force_login(town.adviser)

    first = client.post(_address(town), sent)
    second = client.post(_address(town), sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert StateChange.objects.filter(subject_id=idea.pk, edge="decline").count() == 1


def test_missing_reason_keeps_what_was_typed_and_sends_nothing(client: Client, town: Town) -> None:
    one, other = make_idea(town.municipality), make_idea(town.municipality)
    client.force_login(town.adviser)

    response = client.post(_address(town), {**_sent("decline", one, other), f"m-{other.reference}": ""})

    assert response.status_code == 422
    assert f"Nei til {one.reference}." in response.content.decode()
    assert _states() == [IdeaState.RECEIVED] * 2


def test_identity_number_in_a_reason_is_refused(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    client.force_login(town.adviser)

    response = client.post(_address(town), {**_sent("decline", idea), f"m-{idea.reference}": "01010750160"})

    assert response.status_code == 422
    assert _states() == [IdeaState.RECEIVED]


def test_park_with_another_date_shows_the_messages_anew_first(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.nurse)
    until = (clock.today() + timedelta(days=30)).isoformat()
    sent = _sent("park", idea, until=until)
    client.force_login(town.adviser)

    seen = client.post(_address(town), {**sent, "vist": "2026-01-01"})
    done = client.post(_address(town), {**sent, "vist": seen.context["form"].shown_for})

    assert (seen.status_code, done.status_code) == (200, 302)
    assert seen.context["parts"][0][1].before.startswith("Ideen er parkert til ")
    idea.refresh_from_db()
    assert (idea.state, idea.parked_until and idea.parked_until.isoformat()) == (IdeaState.PARKED, until)


def test_forward_gives_all_to_the_chosen_role(client: Client, town: Town) -> None:
    ideas = [make_idea(town.municipality, writer=town.nurse), make_idea(town.municipality)]
    client.force_login(town.adviser)
    chosen = {"role": Role.UNIT_LEADER.value, "unit": str(town.ward.pk), "reason": "Dette er deres."}

    seen = client.post(_address(town), _sent("forward", *ideas, **chosen))
    client.post(_address(town), {**_sent("forward", *ideas, **chosen), "vist": seen.context["form"].shown_for})

    assert town.ward.name in seen.context["parts"][0][1].before
    assert list(Idea.objects.values_list("holder", flat=True)) == [town.leader.pk] * 2


def test_take_up_several(client: Client, town: Town) -> None:
    ideas = [make_idea(town.municipality), make_idea(town.municipality)]
    client.force_login(town.adviser)

    client.post(_address(town), _sent("take_up", *ideas))

    assert _states() == [IdeaState.ASSESSING] * 2


def test_idea_that_somebody_else_holds_is_left_alone(client: Client, town: Town) -> None:
    mine = make_idea(town.municipality, unit=town.ward)
    not_mine = make_idea(town.municipality)
    client.force_login(town.leader)

    client.post(_address(town), _sent("decline", mine, not_mine))

    assert {idea.reference: idea.state for idea in Idea.objects.all()} == {
        mine.reference: IdeaState.DECLINED,
        not_mine.reference: IdeaState.RECEIVED,
    }


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("outsider", 403), ("elsewhere", 404)])
def test_bulk_is_for_those_who_have_a_queue(client: Client, town: Town, who: str, status: int) -> None:
    idea = make_idea(town.municipality)
    client.force_login(adviser_of(MunicipalityFactory()) if who == "elsewhere" else getattr(town, who))

    response = client.post(_address(town), _sent("decline", idea))

    assert response.status_code == status
    assert _states() == [IdeaState.RECEIVED]


def test_bulk_with_nothing_chosen_says_so(client: Client, town: Town) -> None:
    client.force_login(town.adviser)

    response = client.get(_address(town), {"steg": "decline", "fra": "hos=me"})

    assert response["Location"] == f"/{town.municipality.slug}/ko/?hos=me"


def test_bulk_with_another_step_is_not_found(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    client.force_login(town.adviser)

    assert client.get(_address(town), {"steg": "start", "i": idea.reference}).status_code == 404


def test_undo_takes_back_those_that_nobody_has_read(client: Client, town: Town) -> None:
    from grobunn.ideas.services.contact import note_seen_by_writer

    read, unread = make_idea(town.municipality), make_idea(town.municipality)
    client.force_login(town.adviser)
    client.post(_address(town), _sent("decline", read, unread))
    read.refresh_from_db()
    note_seen_by_writer(read)
    changes = " ".join(str(change.pk) for change in StateChange.objects.filter(edge="decline"))

    client.post(f"{_address(town)}angre/", {"endringer": changes})

    assert {idea.reference: idea.state for idea in Idea.objects.all()} == {
        read.reference: IdeaState.DECLINED,
        unread.reference: IdeaState.RECEIVED,
    }
