"""What became of an idea: on its thread, in the API and by notice, in roles and sentences, never internal words."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from grobunn.accounts.tests.factories import UserFactory
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line
from grobunn.capacity.services.reserve import list_reservations
from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.queries.life import life_of
from grobunn.ideas.services.join import join_idea as join_as_co_writer
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services import ends, planning
from grobunn.initiatives.services.start import join_idea
from grobunn.initiatives.tests.conftest import Town
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.testing import sent_mails
from grobunn.notifications.words import text_of, title_of
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import RoleAssignmentFactory


@pytest.fixture
def idea(town: Town) -> Idea:
    return make_idea(town.municipality, unit=town.ward, writer=town.nurse, title="Benk ved døra")


@pytest.fixture
def initiative(town: Town, idea: Idea) -> Initiative:
    return make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,))


def _told(idea: Idea) -> list[str]:
    idea.refresh_from_db()
    with override("nb"):
        return [entry.sentence for entry in life_of(idea, is_member=False, is_handler=False) if not entry.is_own]


def _live(initiative: Initiative, town: Town) -> Any:
    """On hold, on again, and stopped with what was learned."""
    source = _source(initiative)
    until = clock.today() + timedelta(days=10)
    planning.pause(initiative, until=until, reason="Internt: sykdom.", actor=town.leader)
    lines = [Line(source=source, quarter=Quarter.now(), amount=Decimal(1))]
    planning.resume(initiative, lines=lines, actor=town.leader)
    ends.finish_learned(initiative, tried="Tre benker.", learned="Benkene må ha rygg.", actor=town.leader)
    return until


def _source(initiative: Initiative) -> Any:
    return list_reservations(initiative.pk)[0].source


def test_thread_tells_who_owns_it_and_each_step_without_names_or_internal_words(
    town: Town, idea: Idea, initiative: Initiative
) -> None:
    _live(initiative, town)

    told = _told(idea)
    text = " ".join(told)
    assert told[0] == f"Enhetsleder ved {town.ward.name} eier arbeidet. Det begynner i {_quarter()}."
    assert [sentence.split(" ")[:3] for sentence in told[1:]] == [
        ["Arbeidet", "er", "på"],
        ["Arbeidet", "går", "videre"],
        ["Arbeidet", "er", "avsluttet"],
    ]
    assert town.leader.name not in text
    assert "sykdom" not in text


def _quarter() -> str:
    with override("nb"):
        return str(Quarter.now())


def test_thread_shows_it_by_receipt_signed_in_and_in_the_api(town: Town, client: Client) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,))
    _live(initiative, town)
    api = client.get(f"/api/v1/threads/{idea.receipt}", headers={"Accept-Language": "nb"}).json()
    receipt = client.get(f"/t/{idea.receipt}/", headers={"Accept-Language": "nb"}).content.decode()
    client.force_login(town.nurse)
    signed_in = client.get(f"/{town.municipality.slug}/ideer/{idea.reference}/").content.decode()

    assert [step["step"] for step in api["life"]][-3:] == ["pause", "resume", "finish_learned"]
    assert api["life"][-1]["words"] == "Benkene må ha rygg."
    assert "Benkene må ha rygg." in receipt
    assert "Benkene må ha rygg." in signed_in
    assert "sykdom" not in receipt + signed_in


def test_writers_and_co_writers_of_every_idea_are_told_each_step_once(
    town: Town, idea: Idea, initiative: Initiative
) -> None:
    helper = UserFactory()
    RoleAssignmentFactory(municipality=town.municipality, unit=town.ward, user=helper, role=Role.EMPLOYEE)
    other = make_idea(town.municipality, unit=town.ward, writer=town.nurse)
    join_as_co_writer(other, user=helper)
    join_idea(initiative, other, actor=town.adviser, reason="Den er med.")

    until = _live(initiative, town)
    run_jobs()

    for user in (town.nurse, helper):
        told = list(Notice.objects.filter(recipient=user, kind="initiatives.to_writer").order_by("created_at"))
        assert [notice.data["edge"] for notice in told] == ["pause", "resume", "finish_learned"]
    first = Notice.objects.filter(recipient=town.nurse, kind="initiatives.to_writer").earliest("created_at")
    with override("nb"):
        assert title_of(first) == "Nytt om arbeidet med ideen din: Benk ved døra"
        assert "Arbeidet er på vent til" in text_of(first)
        assert str(until.year) in text_of(first)
        assert "sykdom" not in text_of(first)


def test_writer_with_an_address_only_gets_it_by_mail(town: Town) -> None:
    idea = make_idea(town.municipality, unit=town.ward, contact=Contact.EMAIL, email="anna@hjemme.example")
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,))
    _live(initiative, town)
    run_jobs()
    with clock.moved_by(minutes=40):
        run_jobs()
        run_jobs()

    text = "\n".join(mail.text for mail in sent_mails("anna@hjemme.example"))
    assert f"/t/{idea.receipt}/" in text
    assert "Arbeidet er avsluttet med læring." in text


def test_idea_that_joins_later_hears_what_happens_from_then_on(town: Town, initiative: Initiative) -> None:
    source = _source(initiative)
    planning.pause(initiative, until=clock.today() + timedelta(days=3), reason="Ferie.", actor=town.leader)
    late = make_idea(town.municipality, unit=town.ward)
    join_idea(initiative, late, actor=town.adviser, reason="Den er med.")
    lines = [Line(source=source, quarter=Quarter.now(), amount=Decimal(1))]
    planning.resume(initiative, lines=lines, actor=town.leader)

    told = _told(late)

    assert [sentence.split(".")[0][-22:] for sentence in told][-1:] == ["Arbeidet går videre igjen"[-22:]]
    assert len(told) == 2
