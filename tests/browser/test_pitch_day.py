"""A pitch day from the first team on stage to the signed minutes, by everybody in the room at once: scenarios 8 and 9.

The live service is gone all day: pages look for themselves and say so, and are right after a reload. All that people
do goes through pages. In browsers: the stage, the scores of two teams, two starts, the sixth and the one that is
parked, two letters, the signatures. The other scores go in one parcel from each phone, to where its page sends its
own; the other starts and letters are sent by the forms of the same pages, without JavaScript. Services only set the
day up (`pitched.py`). With twelve teams, without browsers: `tests/journeys/test_pitch_day.py`.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from grobunn.accounts.models import User
from grobunn.capacity.models import Declared
from grobunn.ideas.models import Idea
from grobunn.ideas.states import IdeaState
from grobunn.initiatives.models import Initiative
from grobunn.juries.models import Criterion, Member
from grobunn.kernel import clock, ids
from grobunn.pitching.addresses import decide_page, watch_page
from grobunn.pitching.models import Slot
from tests.browser.conftest import PHONE
from tests.browser.phones import Cuts, NewContext, expect_sent, open_sheets, press, sign_in, tap
from tests.browser.pitched import CHAIR, LEADS_A_TEAM, PLACES, TEAMS, Pitched, pitched
from tests.journeys.reader import Reader

# As many teams are tapped on, and pressed through, in a browser.
TAPPED_IN_BROWSER = 2
PRESSED = 2
CUT_OFF = (1, 5)
Taps = dict[tuple[str, str, str], int]
Seat = tuple[Member, Page, Cuts | None]


@pytest.fixture(autouse=True)
def _nobody_tells(settings: Any) -> None:
    """An address of the live service at which nothing listens."""
    settings.LIVE_ADDRESS = "http://127.0.0.1:9"


def score_on_phones(there: Pitched, new_context: NewContext, url: str) -> Taps:
    """Seven score the first teams on phones, two of them with a network that fails; the rest is sent for them."""
    with scope(municipality=there.municipality.pk):
        codes = list(Criterion.objects.filter(panel=there.panel).values_list("code", flat=True))
    pick = Random(8)
    seats: list[Seat] = []
    for number, member in enumerate(there.members):
        page = sign_in(new_context(viewport=PHONE, has_touch=True), member.user, url)
        mine = there.entries[1:] if number == LEADS_A_TEAM else there.entries
        open_sheets(page, there.panel, mine[0], sheets=len(mine))
        seats.append((member, page, Cuts(page, pick) if number in CUT_OFF else None))
    given = tap_by_hand(seats, codes, pick)
    for member, page, cuts in seats:
        if cuts is not None:
            cuts.end()
        expect_sent(page)
        given |= send_the_rest(there, member, page, codes, given, pick)
    return given


def tap_by_hand(seats: list[Seat], codes: list[str], pick: Random) -> Taps:
    """Criterion by criterion, everybody taps a figure; then all turn to the next sheet."""
    given: Taps = {}
    for turn in range(TAPPED_IN_BROWSER):
        for code in codes:
            for member, page, cuts in seats:
                if cuts is not None:
                    cuts.maybe()
                sheet = page.locator("[data-sheet]:not([hidden])").get_attribute("data-sheet") or ""
                value = pick.randint(1, 4)
                tap(page, code, value)
                given[(str(member.pk), sheet, code)] = value
        for _member, page, _cuts in seats:
            if turn + 1 < TAPPED_IN_BROWSER:
                page.keyboard.press("n")
    return given


def send_the_rest(there: Pitched, member: Member, page: Page, codes: list[str], given: Taps, pick: Random) -> Taps:
    """What a member has not tapped, in one parcel from the phone, as its page would send what it had kept."""
    rest: Taps = {}
    items = []
    now = clock.now().timestamp() * 1000
    for entry in there.entries[1:] if member == there.members[LEADS_A_TEAM] else there.entries:
        for code in codes:
            key = (str(member.pk), str(entry.pk), code)
            if key not in given:
                value = rest[key] = pick.randint(1, 4)
                items.append({"id": str(ids.new_id()), "entry": key[1], "criterion": code, "value": value, "at": now})
    sending = page.url.rsplit("/poeng/", 1)[0] + "/poeng/send/"
    known = page.request.get(sending).json()
    answer = page.request.post(
        sending,
        data=json.dumps({"owner": known["owner"], "sent_at": now, "items": items}),
        headers={"Content-Type": "application/json", "X-CSRFToken": known["token"]},
    )
    assert len(answer.json()["kept"]) == len(items)
    return rest


def without_javascript(user: User | None) -> Reader:
    """Somebody who is signed in, with a browser that has no JavaScript."""
    assert user is not None
    client = Client(HTTP_ACCEPT_LANGUAGE="nb")
    client.force_login(user)
    return Reader(client)


def lead(there: Pitched, secretary: Page, screen: Page, watcher: Page) -> None:
    """The first team is called on stage: the screen and whoever watches see it, and a question comes back."""
    press(secretary, "Start dagen")
    press(secretary, "På scenen – Lag 1")
    for page in (screen, watcher):
        page.reload()
        expect(page.get_by_role("heading", name="Lag 1")).to_be_visible()
    press(watcher, "Send spørsmålet", text="Hva koster det?")
    secretary.reload()
    press(secretary, "Still dette spørsmålet")
    screen.reload()
    expect(screen.get_by_text("Hva koster det?")).to_be_visible()
    press(secretary, "Takk – Lag 1")


def words_for(slot: Slot) -> str:
    return f"{slot.team.name} løser noe som haster."


def decide_all(there: Pitched, chair: Page) -> None:
    """Five start; the sixth is refused, raised by whoever may, and starts; the seventh waits for what would wake it."""
    reader = without_javascript(there.members[CHAIR].user)
    for slot in there.slots[PRESSED:PLACES]:
        reader.open(decide_page(slot)).press("Start nå", reasons=words_for(slot))
    for slot in there.slots[:PRESSED]:
        chair.goto(decide_page(slot))
        press(chair, "Start nå", reasons=words_for(slot))
    chair.goto(decide_page(there.slots[PLACES]))
    expect(chair.get_by_role("heading", name="Det er ikke plass til det ennå")).to_be_visible()
    expect(chair.get_by_role("button", name="Start nå", exact=True)).to_have_count(0)
    assert _begun(there) == PLACES
    press(chair, "Øk og start", reasons="Den haster mest.", raise_reason="En stilling til fra direktøren.")
    assert _begun(there) == PLACES + 1

    chair.goto(decide_page(there.slots[TEAMS - 1]))
    until = (clock.today() + timedelta(days=200)).isoformat()
    press(
        chair,
        "Parker",
        reasons="Når skolen åpner.",
        until=until,
        waits_for="law",
        condition="Den nye skolen åpner.",
    )


def sign_and_tell(there: Pitched, chair: Page, secretary: Page) -> None:
    """The order is confirmed, the decision signed, every entrant told, the panel and the day ended."""
    panel = f"/trondheim/paneler/{there.panel.reference}"
    chair.goto(f"{panel}/steg/confirm_ranking/")
    chair.get_by_label("Gjennomsnittet slik det er gitt").check()
    press(chair, "Bekreft hvilken rekkefølge som gjelder", reason="Alle ga poeng til alle de kunne.")
    chair.goto(f"{panel}/steg/sign/")
    press(chair, "Signer beslutningen")
    reader = without_javascript(there.adviser)
    for entry in there.entries[PRESSED:]:
        reader.open(f"{panel}/tilbakemelding/{entry.pk}/")
        reader.press("Send til bidragsyteren", feedback="Takk for en god pitch.")
    for entry in there.entries[:PRESSED]:
        secretary.goto(f"{panel}/tilbakemelding/{entry.pk}/")
        press(secretary, "Send til bidragsyteren")
    chair.goto(f"{panel}/steg/close/")
    press(chair, "Avslutt panelet")
    secretary.goto(f"/trondheim/pitchdag/{there.day.slug}/kjor/")
    press(secretary, "Avslutt dagen")


def _begun(there: Pitched) -> int:
    with scope(municipality=there.municipality.pk):
        return Initiative.objects.count()


def last_taps(protocol: dict[str, Any]) -> Taps:
    """What the last tap of each member says, of each entry and criterion; taps stand in the order they were made."""
    rows = [each for each in protocol["taps"] if not each["is_note"]]
    return {(each["member"], each["entry"], each["criterion"]): each["value"] for each in rows}


def test_seven_judge_while_the_network_fails_and_the_minutes_hold_every_tap(
    new_context: NewContext, live_server: Any, accessible: Callable[[Page], None]
) -> None:
    there = pitched()
    at = f"/trondheim/pitchdag/{there.day.slug}"
    secretary = sign_in(new_context(), there.adviser, live_server.url)
    chair = sign_in(new_context(), there.members[CHAIR].user, live_server.url)
    screen = sign_in(new_context(), there.adviser, live_server.url)
    watcher = new_context(viewport=PHONE).new_page()
    for page, address in ((secretary, f"{at}/kjor/"), (screen, f"{at}/skjerm/"), (watcher, watch_page(there.day))):
        page.goto(address)
    lead(there, secretary, screen, watcher)

    given = score_on_phones(there, new_context, live_server.url)
    chair.goto(f"/trondheim/paneler/{there.panel.reference}/steg/release/")
    press(chair, "Slipp poengene")
    decide_all(there, chair)
    accessible(chair)
    sign_and_tell(there, chair, secretary)

    # Nobody told the watcher, who sees it all the same, and is told that it may take some seconds.
    expect(watcher.get_by_text("Siden får ikke nyheter med en gang nå")).to_be_visible(timeout=30_000)
    expect(watcher.get_by_role("heading", name="Takk for i dag")).to_be_visible(timeout=30_000)
    check_decisions(there)
    check_protocol(there, chair, given)
    check_barred(there, sign_in(new_context(), there.members[LEADS_A_TEAM].user, live_server.url))


def check_decisions(there: Pitched) -> None:
    with scope(municipality=there.municipality.pk):
        states = list(Idea.objects.order_by("id").values_list("state", flat=True))
        raised = Declared.objects.get(is_raise=True)
        parked = Idea.objects.get(state=IdeaState.PARKED)
    assert states == [IdeaState.STARTED] * (PLACES + 1) + [IdeaState.PARKED]
    assert (raised.by, raised.after) == (there.members[CHAIR].user, PLACES + 1)
    assert raised.reason == "En stilling til fra direktøren."
    assert parked.parked_condition == "Den nye skolen åpner."


def check_protocol(there: Pitched, chair: Page, given: Taps) -> None:
    """Every tap's last score of every panellist, and why one of them took no part in one, by which law."""
    where = reverse("juries:protocol", kwargs={"municipality": "trondheim", "reference": there.panel.reference})
    protocol = chair.request.get(f"{where}?format=json").json()
    barred = there.members[LEADS_A_TEAM]

    assert last_taps(protocol) == given
    assert {(each["member"], each["entry"], each["criterion"]): each["value"] for each in protocol["scores"]} == given
    assert len(given) == (len(there.members) * TEAMS - 1) * len(protocol["criteria"])
    (conflict,) = [each for each in protocol["conflicts"] if each["state"] == "confirmed"]
    assert (conflict["member"], conflict["entry"]) == (str(barred.pk), str(there.entries[0].pk))
    assert (conflict["ground"], conflict["reason"]) == ("a", "Leder laget.")
    assert protocol["legal"][conflict["legal_basis"]]["name"]
    assert [each["outcome"] for each in protocol["occasion"]["order"]] == ["start"] * (PLACES + 1) + ["park"]


def check_barred(there: Pitched, page: Page) -> None:
    """Whoever leads a team learns from the minutes what was decided of the others, and of that team nothing."""
    page.goto(f"/trondheim/pitchdag/{there.day.slug}/referat/")
    expect(page.get_by_text("Du deltar ikke i denne.")).to_have_count(1)
    expect(page.get_by_text("Lag 1 løser noe som haster.")).to_have_count(0)
    expect(page.get_by_text("Lag 2 løser noe som haster.")).to_be_visible()
