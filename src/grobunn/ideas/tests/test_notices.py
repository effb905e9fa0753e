"""What people are told, word for word."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from grobunn.accounts.models import User
from grobunn.ideas.models import Idea
from grobunn.ideas.services import answer
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.words import text_of, title_of


def _told(user: User, kind: str) -> Notice:
    run_jobs()
    return Notice.objects.get(recipient=user, kind=kind)


def _text(notice: Notice) -> str:
    with override("nb"):
        return text_of(notice)


def _start(idea: Idea, actor: User) -> str:
    answer.start(idea, actor=actor, reason="Vi begynner i januar.")
    return "Svaret er ja: arbeidet er i gang."


def _decline(idea: Idea, actor: User) -> str:
    answer.decline(idea, actor=actor, reason="Det finnes en benk der.")
    return "Svaret er nei."


def _park(idea: Idea, actor: User) -> str:
    answer.park(idea, actor=actor, reason="Vi venter.", until=clock.today() + timedelta(days=2))
    return "Ideen er parkert til"


def _solve(idea: Idea, actor: User) -> str:
    answer.solve(idea, actor=actor, reason="Bruk den.", solution="Utstyrsbasen")
    return "Dette er allerede løst: Utstyrsbasen"


@pytest.mark.parametrize("answered", [_start, _decline, _park, _solve])
def test_answer_says_which_answer_it_is_and_why(town: Town, answered: object) -> None:
    idea = make_idea(town.municipality, writer=town.nurse, title="Benk & bord")

    first = answered(idea, town.adviser)  # type: ignore[operator]
    notice = _told(town.nurse, "ideas.answered")

    with override("nb"):
        assert title_of(notice) == "Svaret på: Benk & bord"
    assert _text(notice).startswith(first)
    assert notice.data["words"] in _text(notice)
    assert f"/ideer/{idea.reference}/" in _text(notice)


def test_step_says_who_has_it_and_by_when_they_answer(town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.nurse)
    answer.forward(idea, actor=town.adviser, role="unit_leader", unit=town.ward)

    text = _text(_told(town.nurse, "ideas.step"))

    assert text.startswith("Ideen din er sendt videre. Den ligger hos enhetsleder ved")
    assert town.ward.name in text


def test_question_carries_the_question(town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.nurse)
    answer.ask(idea, actor=town.adviser, reason="Hvilken inngang?")

    assert "Hvilken inngang?" in _text(_told(town.nurse, "ideas.question"))
