"""Twelve ideas and five places: scenario 9. The sixth is refused, raised, or waits, and every writer hears."""

from typing import Any

from django_scopes import scopes_disabled

from grobunn.capacity.models import Declared, Source
from grobunn.capacity.quarters import Quarter
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.initiatives.models import Feed, Initiative
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from tests.journeys.conftest import Come, idea_in, places_in, start_work

PITCHES = 12
PLACES = 5


def _pitched(town: Town) -> list[Idea]:
    return [
        idea_in(town, unit=town.ward, title=f"Pitch {number}", text=f"Pitch nummer {number}.", writer=town.nurse)
        for number in range(1, PITCHES + 1)
    ]


def _full(town: Town, come: Come, ideas: list[Idea], **given: Any) -> Source:
    """Five of the ideas have begun, and hold every place of the present quarter."""
    source = places_in(town, amount=PLACES, **given)
    for idea in ideas[:PLACES]:
        start_work(come(town.adviser), idea, source, title=idea.title)
    assert _begun() == PLACES
    return source


def _begun() -> int:
    with scopes_disabled():
        return Initiative.objects.count()


def _carrying(idea: Idea) -> Initiative:
    with scopes_disabled():
        return Feed.objects.get(idea=idea).initiative


def _now(idea: Idea) -> str:
    with scopes_disabled():
        return Idea.objects.get(pk=idea.pk).state


def test_sixth_is_refused_with_what_is_missing_and_raised_by_who_may(town: Town, come: Come) -> None:
    ideas = _pitched(town)
    source = _full(town, come, ideas)

    refused = start_work(come(town.adviser), ideas[5], source, hypothesis="Et håp som ikke går tapt.")

    quarter = "1. kvartal 2027" if Quarter.now().code == "2026-4" else ""
    assert refused.status == 409
    assert "Det er ikke plass til det ennå" in refused.text
    assert "trenger 1 plass, 0 igjen. 1 mangler." in refused.text
    assert f"Det er plass til alt fra {quarter}" in refused.text
    assert "Et håp som ikke går tapt." in refused.html
    assert "Kari Storvik, kommunalsjef, Storvik helse" in refused.text
    assert "Øk og start" not in refused.buttons
    assert "Pitch 1" in refused.links
    assert _begun() == PLACES

    raising = come(town.director).open(f"/storvik/kapasitet/kilder/{source.pk}/ok/?mangler=1")
    raising.press("Øk", reason="Vi får en stilling til fra direktøren.")
    started = start_work(come(town.adviser), ideas[5], source, title="Pitch 6")

    with scopes_disabled():
        told = Declared.objects.get(is_raise=True)
    assert "Arbeidet er i gang: Pitch 6" in started.text
    assert (told.before, told.after, told.reason) == (5, 6, "Vi får en stilling til fra direktøren.")
    assert _carrying(ideas[5]).title == "Pitch 6"


def test_seventh_waits_in_the_queue_and_is_woken_when_a_place_frees(town: Town, come: Come) -> None:
    ideas = _pitched(town)
    source = _full(town, come, ideas, quarters=1)
    waiting = ideas[6]
    run_jobs()

    refused = start_work(come(town.adviser), waiting, source)
    refused.press("Parker den i køen", **{"way-wait_reason": "Du får plass når en annen er ferdig."})
    thread = come(town.nurse).open(f"/storvik/ideer/{waiting.reference}/")

    assert _now(waiting) == IdeaState.PARKED
    assert "Du får plass når en annen er ferdig." in thread.text

    first = _carrying(ideas[0])
    paused = come(town.leader).open(f"/storvik/initiativ/{first.reference}/steg/pause/")
    until = clock.today().replace(year=clock.today().year + 1).isoformat()
    paused.press("Sett på vent", until=until, reason="Vi venter på utstyr.")
    for _time in range(3):
        run_jobs()

    thread = come(town.nurse).open(f"/storvik/ideer/{waiting.reference}/")
    assert _now(waiting) == IdeaState.RECEIVED
    assert "Det er plass til den i" in thread.text

    started = start_work(come(town.adviser), waiting, source)
    assert "Arbeidet er i gang" in started.text
    assert _carrying(waiting).owner_id == town.leader.pk


def test_writer_hears_each_step_on_the_thread_and_by_mail(town: Town, come: Come) -> None:
    source = places_in(town)
    idea = idea_in(town, unit=town.ward, text="Pitch med e-post.", contact="email", email="anna@hjemme.example")
    start_work(come(town.adviser), idea, source)
    initiative = _carrying(idea)
    come(town.leader).open(f"/storvik/initiativ/{initiative.reference}/steg/finish_learned/").press(
        "Avslutt, og fortell hva vi lærte", tried="Tre benker.", learned="Benkene må ha rygg."
    )
    for minutes in (0, 12, 45):
        with clock.moved_by(minutes=minutes):
            run_jobs()
            run_jobs()

    thread = come().open(f"/t/{idea.receipt}/").text
    assert "Enhetsleder ved Storvik heimevern eier arbeidet." in thread
    assert "Arbeidet er avsluttet med læring. Benkene må ha rygg." in thread
    assert "Erik Storvik" not in thread
    mails = "\n".join(mail.text for mail in sent_mails("anna@hjemme.example"))
    assert "Vi begynner i mai." in mails
    assert "Arbeidet er avsluttet med læring." in mails
