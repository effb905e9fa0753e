"""Scenarios 8 and 9: seven judge twelve pitches, one of them stands aside; eight get a yes, and there are five places.

By the pages without JavaScript, and taps as a phone sends them. In browsers at once, with networks that fail:
`tests/browser/test_pitch_day.py`.
"""

import json
from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope, scopes_disabled

from grobunn.capacity.models import Declared
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.initiatives.models import Initiative
from grobunn.juries.models import Criterion
from grobunn.kernel import clock, ids
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from grobunn.pitching.addresses import decide_page
from tests.browser.pitched import CHAIR, LEADS_A_TEAM, PLACES, Pitched, pitched
from tests.journeys.conftest import Come
from tests.journeys.reader import Reader

pytestmark = pytest.mark.django_db

PITCHES = 12
# What each of the seven gives every pitch, criterion by criterion.
FIGURES = (1, 2, 5, 3, 4, 4, 3)
MEAN_OF_SIX, MEAN_OF_SEVEN = "2.8333", "3.1429"
NO = "Takk. Vi kan ikke bære det nå; prøv det gjerne i det små."


def test_twelve_pitches_are_judged_by_the_impartial_and_the_sixth_of_five_places_is_refused(come: Come) -> None:
    there = pitched(teams=PITCHES)
    panel = f"/trondheim/paneler/{there.panel.reference}"
    barred, theirs = there.members[LEADS_A_TEAM], there.entries[0]
    chair = come(there.members[CHAIR].user)

    assert come(barred.user).open(f"{panel}/bidrag/{theirs.pk}/").status == 403
    refused = [len(_score(come(member.user), there, number)["refused"]) for number, member in enumerate(there.members)]
    assert refused == [3 if member == barred else 0 for member in there.members]
    chair.open(f"{panel}/steg/release/").press("Slipp poengene")
    assert come(barred.user).open(f"{panel}/resultat/{theirs.pk}/").status == 403

    until = clock.today() + timedelta(days=200)
    _decide(chair, there, until=until.isoformat())
    chair.open(f"{panel}/steg/confirm_ranking/")
    chair.press("Bekreft hvilken rekkefølge som gjelder", ranking="raw", reason="Alle ga poeng til alle de kunne.")
    chair.open(f"{panel}/steg/sign/").press("Signer beslutningen")
    for minutes in (0, 12, 45):
        with clock.moved_by(minutes=minutes):
            run_jobs()

    _check_protocol(there, json.loads(chair.open(f"{panel}/protokoll/?format=json").html))
    with scopes_disabled():
        ideas = [Idea.objects.get(pk=slot.team.idea_id) for slot in there.slots]
    parked, declined = [IdeaState.PARKED] * 2, [IdeaState.DECLINED] * 4
    assert [idea.state for idea in ideas] == [IdeaState.STARTED] * (PLACES + 1) + parked + declined
    assert [idea.parked_until for idea in ideas if idea.state == IdeaState.PARKED] == [until] * 2
    waiting = ideas[PLACES + 1]
    number = waiting.title.removeprefix("Idé ")
    assert "Den nye skolen åpner." in come().open(f"/t/{waiting.receipt}/").text
    assert any("Når det er mulig." in mail.text for mail in sent_mails(f"skriver{number}@hjemme.example"))


def _decide(chair: Reader, there: Pitched, *, until: str) -> None:
    """Yes to eight: five begin, the sixth is refused until somebody who may has raised, two are parked; no to four."""
    sixth = decide_page(there.slots[PLACES])
    for slot in there.slots[:PLACES]:
        chair.open(decide_page(slot)).press("Start nå", reasons="Det haster.")
    chair.open(sixth)
    assert "Det er ikke plass til det ennå" in chair.text
    assert "Start nå" not in chair.buttons
    assert chair.client.post(sixth, {"vei": "start", "reasons": "Likevel."}).status_code == 409
    assert _begun() == PLACES
    chair.press("Øk og start", reasons="Den haster mest.", raise_reason="En stilling til fra direktøren.")
    assert _begun() == PLACES + 1
    with scopes_disabled():
        raised = Declared.objects.get(is_raise=True)
    assert (raised.by, raised.before, raised.after) == (there.members[CHAIR].user, PLACES, PLACES + 1)
    assert raised.reason == "En stilling til fra direktøren."
    for slot in there.slots[PLACES + 1 : PLACES + 3]:
        given = {"until": until, "waits_for": "law", "condition": "Den nye skolen åpner."}
        chair.open(decide_page(slot)).press("Parker", reasons="Når det er mulig.", **given)
    for slot in there.slots[PLACES + 3 :]:
        chair.open(decide_page(slot)).press("Si nei", reasons=NO)


def _check_protocol(there: Pitched, protocol: dict[str, Any]) -> None:
    """The average of the one that a member stands aside from is of the other six, and it says why, by which law."""
    barred, theirs = there.members[LEADS_A_TEAM], there.entries[0]
    results = {each["entry"]: (each["scored_by"], each["mean"]) for each in protocol["results"]}
    assert results.pop(str(theirs.pk)) == (6, MEAN_OF_SIX)
    assert set(results.values()) == {(7, MEAN_OF_SEVEN)}
    (conflict,) = [each for each in protocol["conflicts"] if each["state"] == "confirmed"]
    assert (conflict["member"], conflict["entry"]) == (str(barred.pk), str(theirs.pk))
    assert (conflict["ground"], conflict["reason"]) == ("a", "Leder laget.")
    assert protocol["legal"][conflict["legal_basis"]]["paragraphs"]


def _score(reader: Reader, there: Pitched, number: int) -> dict[str, Any]:
    """Every pitch gets the member's figure, in one parcel as a device sends it; whatever came of it."""
    member = there.members[number]
    with scope(municipality=there.municipality.pk):
        codes = list(Criterion.objects.filter(panel=there.panel).values_list("code", flat=True))
    now = clock.now().timestamp() * 1000
    items = [
        {"id": str(ids.new_id()), "entry": str(entry.pk), "criterion": code, "value": FIGURES[number], "at": now}
        for entry in there.entries
        for code in codes
    ]
    parcel = {"owner": str(member.pk), "sent_at": now, "items": items}
    address = f"/trondheim/paneler/{there.panel.reference}/poeng/send/"
    return reader.client.post(address, json.dumps(parcel), content_type="application/json").json()


def _begun() -> int:
    with scopes_disabled():
        return Initiative.objects.count()
