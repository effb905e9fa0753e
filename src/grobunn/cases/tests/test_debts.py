"""Case debt: what ended without a case is shown to whoever held it, and asked about once a month at most."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from grobunn.cases.models import CaseKind
from grobunn.cases.queries.debts import case_work_of, debts_of
from grobunn.cases.services.debts import ask_what_was_learned
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.from_idea import beginning_from
from grobunn.cases.services.from_initiative import beginning_from_initiative
from grobunn.cases.services.start import start_case
from grobunn.cases.services.steps import draft_of
from grobunn.cases.states import CaseState
from grobunn.cases.tests.conftest import Town
from grobunn.cases.tests.factories import make_case
from grobunn.ideas.models import Idea
from grobunn.ideas.services import answer
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.services.ends import finish_learned
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock
from grobunn.notifications.models import Notice
from grobunn.organisations.models import RoleAssignment
from grobunn.organisations.queries import forget_roles


def _solved(town: Town) -> Idea:
    idea = make_idea(town.municipality, unit=town.ward, title="Benk ved døra")
    answer.solve(idea, actor=town.adviser, reason="Den står der alt.", solution="Benken ved inngang B")
    assert idea.holder is not None
    return idea


def test_what_ended_is_a_debt_until_a_case_tells_it(town: Town) -> None:
    idea = _solved(town)
    assert idea.holder is not None
    assert list(debts_of(idea.holder)) == [idea]

    start_case(town.municipality, beginning=beginning_from(idea), actor=town.adviser, idea=idea)

    assert list(debts_of(idea.holder)) == []


def test_work_that_goes_on_owes_nothing_yet(town: Town) -> None:
    idea = make_idea(town.municipality)
    make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,))

    assert list(debts_of(town.adviser)) == []
    with clock.moved_by(days=181):
        assert list(debts_of(town.adviser)) == []


@pytest.mark.parametrize(("days", "owes"), [(14, False), (180, True)])
def test_parked_for_a_good_while_is_a_debt_and_for_a_moment_is_none(town: Town, days: int, owes: bool) -> None:
    idea = make_idea(town.municipality, unit=town.ward)
    answer.park(idea, actor=town.adviser, until=clock.today() + timedelta(days=days), reason="Vi venter.")
    assert idea.holder is not None

    assert (idea in debts_of(idea.holder)) is owes


def test_declined_without_a_trial_owes_nothing(town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.decline(idea, actor=town.adviser, reason="Nei, fordi.")

    assert list(debts_of(town.adviser)) == []


def test_holder_is_asked_once_a_month_and_not_at_once(town: Town) -> None:
    idea = _solved(town)

    assert ask_what_was_learned() == 0
    with clock.moved_to(clock.now().replace(day=1) + timedelta(days=62)):
        assert ask_what_was_learned() == 1
        ask_what_was_learned()

    notice = Notice.objects.get(kind="cases.debt")
    assert notice.recipient == idea.holder
    assert notice.url.endswith(f"?ide={idea.reference}")


@pytest.mark.parametrize(("who", "is_shown"), [("adviser", True), ("nurse", False)])
def test_thread_offers_the_telling_to_whoever_answers_for_it(town: Town, who: str, is_shown: bool) -> None:
    idea = _solved(town)
    client = Client()
    client.force_login(getattr(town, who))

    page = client.get(reverse("ideas:thread", args=[town.municipality.slug, idea.reference])).content.decode()

    assert (f"?ide={idea.reference}" in page) == is_shown


def test_thread_leads_everybody_to_the_published_case(town: Town) -> None:
    idea = _solved(town)
    case = make_case(town.municipality, owner=town.writer, editor=town.adviser)
    type(case).objects.filter(pk=case.pk).update(idea=idea)
    client = Client()
    client.force_login(town.nurse)

    page = client.get(reverse("ideas:thread", args=[town.municipality.slug, idea.reference])).content.decode()

    assert reverse("cases:case", args=[case.slug]) in page


def test_own_work_shows_drafts_reviews_and_what_is_overdue(town: Town) -> None:
    draft = make_case(town.municipality, state=CaseState.DRAFT, owner=town.writer, editor=town.adviser)
    waiting = make_case(town.municipality, state=CaseState.IN_REVIEW, owner=town.writer, editor=town.adviser)
    out = make_case(town.municipality, owner=town.writer, editor=town.adviser)

    assert case_work_of(town.adviser).to_review == [waiting]
    assert set(case_work_of(town.writer).being_written) == {draft, waiting}
    save_draft(out, actor=town.writer, revision=draft_of(out).revision, changes={"need": "Mer."})
    assert out in case_work_of(town.writer).being_written
    with clock.moved_by(days=370):
        assert case_work_of(town.writer).overdue == [out]
    assert case_work_of(town.nurse).is_empty


def test_editor_without_a_role_any_more_reviews_nothing(town: Town) -> None:
    make_case(town.municipality, state=CaseState.IN_REVIEW, owner=town.writer, editor=town.adviser)
    RoleAssignment.objects.filter(user=town.adviser).delete()
    forget_roles(town.adviser)

    assert case_work_of(town.adviser).to_review == []


def _finished(town: Town, *ideas: Idea) -> Initiative:
    initiative = make_initiative(
        town.ward, owner=town.leader, by=town.adviser, ideas=ideas, summary="Matter under lakenet."
    )
    finish_learned(initiative, tried="Vi prøvde ti matter.", learned="Det ga ikke effekt.", actor=town.leader)
    return initiative


def test_case_of_an_initiative_begins_with_what_is_known(town: Town) -> None:
    idea = make_idea(town.municipality, text="Vi vekker folk om natta.")
    initiative = _finished(town, idea)

    known = beginning_from_initiative(initiative, actor=town.leader)

    assert (known.title, known.kind) == (initiative.title, CaseKind.LEARNING)
    assert known.content["need"] == "Vi vekker folk om natta."
    assert known.content["solution"] == "Matter under lakenet."
    assert known.content["lessons"] == "Dette prøvde vi: Vi prøvde ti matter.\n\nDette lærte vi: Det ga ikke effekt."
    assert (known.content["contact_role"], known.content["contact_unit_id"]) == ("unit_leader", town.ward.pk)
    assert town.leader.name not in str(known.content)


def test_case_of_an_initiative_does_not_say_the_same_twice(town: Town) -> None:
    idea = make_idea(town.municipality, text="Vi vekker folk om natta.")
    initiative = make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=[idea], summary=idea.text)

    known = beginning_from_initiative(initiative, actor=town.leader)

    assert (known.content["need"], known.content["solution"]) == (idea.text, "")


def test_finished_initiative_is_a_debt_of_its_owner_until_a_case_tells_it(town: Town) -> None:
    idea = make_idea(town.municipality)
    initiative = _finished(town, idea)
    assert case_work_of(town.leader).finished == [initiative]

    known = beginning_from_initiative(initiative, actor=town.leader)
    case = start_case(town.municipality, beginning=known, actor=town.leader, idea=idea, initiative=initiative)
    again = start_case(town.municipality, beginning=known, actor=town.leader, idea=idea, initiative=initiative)

    assert (case, case.initiative, case.idea) == (again, initiative, idea)
    assert case_work_of(town.leader).finished == []


def test_owner_is_asked_of_what_was_learned_once_a_month(town: Town) -> None:
    initiative = _finished(town)

    with clock.moved_by(days=20):
        assert ask_what_was_learned() == 1
        ask_what_was_learned()

    notice = Notice.objects.get(kind="cases.debt")
    assert notice.recipient == town.leader
    assert notice.url.endswith(f"?initiativ={initiative.reference}")


def test_page_of_a_finished_initiative_offers_to_tell_it_on(town: Town) -> None:
    initiative = _finished(town)
    client = Client()
    client.force_login(town.leader)

    page = client.get(f"/{town.municipality.slug}/initiativ/{initiative.reference}/").content.decode()

    assert f"?initiativ={initiative.reference}" in page
