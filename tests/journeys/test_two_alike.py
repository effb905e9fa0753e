"""Two ideas that are alike: scenario 6."""

from grobunn.ideas.models import Visibility
from grobunn.ideas.tests.conftest import Town
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from tests.journeys.conftest import Come, idea_in, places_in, start_work

FIRST = "Sett opp en benk med lys ved bussholdeplassen utenfor sykehjemmet."
SECOND = "En benk med lys ved bussholdeplassen utenfor sykehjemmet, så de gamle kan vente."


def test_similar_idea_is_shown_while_writing(town: Town, come: Come) -> None:
    idea = idea_in(town, text=FIRST)
    run_jobs()

    shown = come(town.nurse).open(f"/storvik/ny/lignende/?text={SECOND}")

    assert shown.links[FIRST] == f"/storvik/ideer/{idea.reference}/"


def test_neighbours_published_idea_is_shown_and_its_internal_one_is_not(
    town: Town, other_town: Town, come: Come
) -> None:
    public = idea_in(other_town, text=FIRST, visibility=Visibility.PUBLIC)
    come(other_town.adviser).open(f"/lillevik/ideer/{public.reference}/steg/take_up/").press("Ta til vurdering")
    idea_in(other_town, text=f"Hemmelig: {FIRST}")
    run_jobs()

    shown = come(town.nurse).open(f"/storvik/ny/lignende/?text={SECOND}")

    assert shown.links[FIRST] == f"/lillevik/ideer/{public.reference}/"
    assert "Hemmelig" not in shown.html


def test_merge_keeps_both_writers_informed(town: Town, come: Come) -> None:
    source = places_in(town)
    first = idea_in(town, unit=town.ward, text=FIRST, contact="email", email="anna@hjemme.example")
    second = idea_in(town, text=SECOND, writer=town.nurse)
    adviser = come(town.adviser).open(f"/storvik/ideer/{second.reference}/steg/merge/")
    adviser.press("Slå sammen", into=first.reference, reason="Dere har tenkt det samme.")
    with clock.moved_by(minutes=11):
        run_jobs()
        run_jobs()
        start_work(come(town.adviser), first, source, reason="Benken kommer i mai.")
    with clock.moved_by(minutes=30):
        run_jobs()
        run_jobs()

    answers = {
        address: [mail.text for mail in sent_mails(address) if mail.subject.startswith("Svaret på:")]
        for address in ("anna@hjemme.example", town.nurse.email)
    }
    assert ["Benken kommer i mai." in text for text in answers["anna@hjemme.example"]] == [True]
    assert ["Benken kommer i mai." in text for text in answers[town.nurse.email]] == [False, True]
    assert "Dere har tenkt det samme." in answers[town.nurse.email][0]
    assert (
        f"Den går videre sammen med {first.reference}."
        in come(town.nurse).open(f"/storvik/ideer/{second.reference}/").text
    )
