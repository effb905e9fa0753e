"""The page where work begins: filled in, refused, sent twice, joined, taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grobunn.capacity.models import Reservation, Source
from grobunn.capacity.quarters import Quarter
from grobunn.ideas.guards import NobodyCarriesIt
from grobunn.ideas.models import Idea
from grobunn.ideas.services import answer
from grobunn.ideas.services.undo import undo
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.forms.starting import JoinForm
from grobunn.initiatives.models import Entry, Feed, Initiative
from grobunn.initiatives.queries.initiatives import open_to_ideas
from grobunn.initiatives.services.take_back import WorkHasBegun
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative, make_source, need_field
from grobunn.kernel import ids
from grobunn.kernel.models import StateChange
from grobunn.organisations.models import RoleAssignment


def address(idea: Idea, name: str = "start") -> str:
    return reverse(f"initiatives:{name}", kwargs={"municipality": idea.municipality.slug, "reference": idea.reference})


def filled(idea: Idea, town: Town, source: Source, **changes: Any) -> dict[str, Any]:
    owner = RoleAssignment.objects.get(user=town.leader)
    return {
        "key": ids.new_id(),
        "version": idea.version,
        "title": "Benk ved døra",
        "hypothesis": "Flere kan vente sittende.",
        "unit": town.ward.pk,
        "owner": owner.pk,
        "milestone": "Benken står der",
        "milestone_due_on": "2099-01-01",
        need_field(source): "1",
        need_field(source, Quarter.now() + 1): "1",
        "reason": "Vi begynner i mai.",
        "method": "veikart",
        "visibility": "municipality",
        **changes,
    }


@pytest.fixture
def idea(town: Town) -> Idea:
    return make_idea(town.municipality, unit=town.ward)


@pytest.fixture
def source(town: Town) -> Source:
    return make_source(town.ward, by=town.leader, amount=2)


@pytest.fixture
def adviser(client: Client, town: Town) -> Client:
    client.force_login(town.adviser)
    return client


def test_start_is_refused_without_somebody_to_carry_it(town: Town, idea: Idea) -> None:
    with pytest.raises(NobodyCarriesIt):
        answer.start(idea, actor=town.adviser, reason="Ja.")

    idea.refresh_from_db()
    assert idea.state == IdeaState.RECEIVED


def test_thread_and_old_step_lead_to_the_page_where_work_begins(adviser: Client, idea: Idea) -> None:
    where = {"municipality": idea.municipality.slug, "reference": idea.reference}

    thread = adviser.get(reverse("ideas:thread", kwargs=where)).content.decode()
    step = adviser.get(reverse("ideas:step", kwargs={**where, "edge": "start"}), {"fra": "hos=me"})

    assert f'href="{address(idea)}"' in thread
    assert step["Location"] == f"{address(idea)}?fra=hos%3Dme"


def test_page_offers_the_leaders_and_the_help_of_the_ideas_unit(
    adviser: Client, idea: Idea, town: Town, source: Source
) -> None:
    page = adviser.get(address(idea)).content.decode()

    assert page.index(town.leader.name) < page.index(town.director.name)
    assert f'name="{need_field(source)}"' in page
    assert town.nurse.name not in page


def test_start_filled_in_begins_and_answers_the_writer(adviser: Client, idea: Idea, town: Town, source: Source) -> None:
    response = adviser.post(address(idea), filled(idea, town, source))

    idea.refresh_from_db()
    initiative = Feed.objects.get(idea=idea).initiative
    assert response.status_code == 302
    assert idea.state == IdeaState.STARTED
    assert (initiative.owner, initiative.unit, initiative.method) == (town.leader, town.ward, "veikart")
    assert [row.amount for row in Reservation.objects.filter(claim_id=initiative.pk)] == [1, 1]


def test_start_sent_twice_begins_once_and_says_so_kindly(
    adviser: Client, idea: Idea, town: Town, source: Source
) -> None:
    sent = filled(idea, town, source)

    answers = [adviser.post(address(idea), sent).status_code for _time in range(2)]

    assert answers == [302, 302]
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize("missing", ["title", "hypothesis", "owner", "milestone", "milestone_due_on", "reason"])
def test_start_lacking_something_keeps_what_was_written(
    adviser: Client, idea: Idea, town: Town, source: Source, missing: str
) -> None:
    response = adviser.post(address(idea), filled(idea, town, source, **{missing: ""}))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    assert response.context["form"]["reason"].value() == ("" if missing == "reason" else "Vi begynner i mai.")
    assert Initiative.objects.count() == 0


def test_start_without_a_need_is_refused_where_the_need_is(
    adviser: Client, idea: Idea, town: Town, source: Source
) -> None:
    later = need_field(source, Quarter.now() + 1)
    response = adviser.post(address(idea), filled(idea, town, source, **{need_field(source): "", later: ""}))

    assert response.status_code == 422
    assert Initiative.objects.count() == 0


def test_start_without_room_says_what_is_missing_and_keeps_the_form(
    adviser: Client, idea: Idea, town: Town, source: Source
) -> None:
    make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source)

    response = adviser.post(address(idea), filled(idea, town, source, **{need_field(source): "2"}))

    idea.refresh_from_db()
    assert response.status_code == 409
    assert source.name in response.content.decode()
    assert response.context["form"]["hypothesis"].value() == "Flere kan vente sittende."
    assert (idea.state, Initiative.objects.count()) == (IdeaState.RECEIVED, 1)


def test_another_unit_is_shown_before_it_is_sent(adviser: Client, idea: Idea, town: Town, source: Source) -> None:
    sent = filled(idea, town, source, unit=town.office.pk)

    shown = adviser.post(address(idea), {**sent, "velg": "1"})
    refused = adviser.post(address(idea), sent)

    assert shown.status_code == 200
    assert shown.context["form"]["hypothesis"].value() == "Flere kan vente sittende."
    assert town.leader.name not in shown.content.decode()
    assert refused.status_code == 422
    assert Initiative.objects.count() == 0


def test_join_answers_the_writer_and_reserves_nothing_more(
    adviser: Client, idea: Idea, town: Town, source: Source
) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source)

    response = adviser.post(address(idea, "join"), {"into": initiative.reference, "reason": "Den er med videre."})

    idea.refresh_from_db()
    assert response.status_code == 302
    assert (idea.state, Feed.objects.get(idea=idea).initiative) == (IdeaState.STARTED, initiative)
    assert Reservation.objects.count() == 1


def test_join_finds_by_what_is_proposed_and_by_some_words(town: Town, idea: Idea, source: Source) -> None:
    bench = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title="Benk (ute) ved døra")
    lamp = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, title="Lys ved døra")

    def form(**written: str) -> JoinForm:
        joinable = open_to_ideas(town.adviser, municipality_id=town.municipality.pk)
        return JoinForm({"reason": "Den er med.", **written}, open_to_it=joinable, near=town.ward)

    proposed = form().proposed()
    assert proposed == [f"Benk (ute) ved døra ({bench.reference})", f"Lys ved døra ({lamp.reference})"]
    for written in (proposed[0], bench.reference.upper(), "benk døra"):
        found = form(into=written)
        assert found.is_valid()
        assert found.cleaned_data["into"] == bench
    assert bench.reference in form(into="ved døra").errors["into"][0]
    assert form(into="ukjent-i9").errors.as_data()["into"][0].code == "unknown"


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("outsider", 403)])
def test_start_page_is_not_for_those_who_do_not_answer(
    client: Client, idea: Idea, town: Town, source: Source, who: str, status: int
) -> None:
    client.force_login(getattr(town, who))

    assert client.get(address(idea)).status_code == status
    assert client.post(address(idea), filled(idea, town, source)).status_code == status
    assert Initiative.objects.count() == 0


def test_undo_lets_the_initiative_and_its_capacity_go(town: Town, idea: Idea, source: Source) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, ideas=(idea,))
    change = StateChange.objects.get(subject_id=idea.pk, edge="start")
    idea.refresh_from_db()

    undo(idea, change=change, actor=town.adviser)

    idea.refresh_from_db()
    assert idea.state == IdeaState.RECEIVED
    assert idea.answer_due_on is not None
    assert not Initiative.objects.filter(pk=initiative.pk).exists()
    assert not Reservation.objects.exists()


def test_undo_of_joining_leaves_the_initiative_alone(town: Town, idea: Idea, source: Source) -> None:
    first = make_idea(town.municipality, unit=town.ward)
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, ideas=(first, idea))
    change = StateChange.objects.get(subject_id=idea.pk, edge="start")
    idea.refresh_from_db()

    undo(idea, change=change, actor=town.adviser)

    assert [feed.idea for feed in Feed.objects.all()] == [first]
    assert Reservation.objects.filter(claim_id=initiative.pk).count() == 1


def test_undo_is_refused_when_something_was_done_meanwhile(town: Town, idea: Idea, source: Source) -> None:
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, source=source, ideas=(idea,))
    Entry.objects.create(municipality=town.municipality, initiative=initiative, text="Vi har bestilt.")
    change = StateChange.objects.get(subject_id=idea.pk, edge="start")
    idea.refresh_from_db()

    with pytest.raises(WorkHasBegun):
        undo(idea, change=change, actor=town.adviser)

    idea = Idea.objects.get(pk=idea.pk)
    assert idea.state == IdeaState.STARTED
    assert Feed.objects.get(idea=idea).initiative == initiative
