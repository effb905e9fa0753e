"""Every type of page as the people of the demonstration meet it: WCAG 2.1 A/AA, no sideways scrolling up to 400 %.

Each page is loaded once and then resized. Every rule that a machine can check is checked on a phone in light colours
and on a desktop in dark ones, so that what only one of them shows is seen; at 400 % the width is checked.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from django_scopes import scope
from playwright.sync_api import BrowserContext, Page, ViewportSize

from grobunn.accounts.models import User
from grobunn.config import demo
from grobunn.ideas.queries.routing import rules_of
from grobunn.ideas.services.proposals import remove_rule
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import municipality_by_slug
from grobunn.pitching.models import PitchDay
from grobunn.pitching.queries.days import slots_of
from grobunn.pitching.services.running import step_day, step_slot
from grobunn.search.asked import Asked
from grobunn.search.models import Told, Unmet
from grobunn.search.queries.unmet import FEWEST
from grobunn.search.services.saved import save_search
from grobunn.search.services.synonyms import set_synonyms
from grobunn.stories.models import Picture, Story
from grobunn.stories.states import StoryState
from tests.browser import desk
from tests.browser.conftest import DESKTOP, PHONE, ZOOMED

COHORT = "/trondheim/programmer/ledelsesskolen/kull-2-oppdiktet"
PUBLIC = (
    "/",
    "/finnes-ikke/",
    "/trondheim/",
    "/trondheim/ny",
    "/trondheim/ideer/",
    "/trondheim/historier/",
    "/trondheim/historier/emne/ledelse/",
    "/trondheim/historier/{told.slug}/",
    "/trondheim/historier/nyhetsbrev/",
    "/ulstein/historier/",
    "/trondheim/sok/?q=alarm",
    "/sok/",
    "/sok/?q=skole",
    "/sok/?q=finnesikke&fylke=50",
    "/hjelp/tema/soke/",
    "/eksempler/",
    "/eksempler/?kostra=254&kostra=202&kostnad=500000",
    "/eksempler/?som=froya",
    "/eksempler/kart/",
    "/eksempler/sammenlign/?case=ledelsesskolen&case=teknologiskolen",
    "/eksempler/ledelsesskolen/",
    "/eksempler/ledelsesskolen/lignende/",
    "/eksempler/ledelsesskolen/utgaver/1/",
    "/eksempler/ledelsesskolen/nyttig/hvorfor/",
    "/ulstein/eksempler/",
    "/ulstein/ny",
    "/t/",
    "/hjelp/",
    "/konto/logg-inn/",
    "/konto/demo/",
    "/oslo/",
    "/trondheim/hjemmetjenesten-ost/ny",
    "/ulstein/",
    "/hjelp/tema/skrive/",
    "/utboks/",
    "/t/{asked.receipt}/",
    "/t/{asked.receipt}/kvittering/",
    "/t/{asked.receipt}/svar/",
    "/t/{internal.receipt}/endre/",
    "/t/{internal.receipt}/trekk/",
    "/trondheim/ideer/{started.reference}/",
    "/konto/passord/glemt/",
    "/api/v1/docs",
)
PERSONAL = (
    "/mitt-arbeid/",
    "/mitt-arbeid/skrevet/",
    "/mitt-arbeid/folger/",
    "/trondheim/ko/",
    "/trondheim/historier/skriv/ny/",
    "/trondheim/historier/{told.slug}/",
    "/trondheim/ny",
    "/trondheim/ideer/{parked.reference}/",
    "/trondheim/ideer/{fresh.reference}/",
    "/trondheim/ideer/{fresh.reference}/endre/",
    "/trondheim/ideer/{asked.reference}/steg/reply/",
    "/sok/lagrede/",
    "/sok/lagrede/{saved.pk}/",
    "/trondheim/ideer/{fresh.reference}/flere-slike/",
    "/varsler/",
    "/varsler/innstillinger/",
    "/konto/",
    "/konto/okter/",
    "/konto/totrinn/",
    "/konto/passnokler/",
    "/konto/nokler/",
    "/konto/mine-data/",
    "/konto/slett/",
    "/konto/e-post/",
    "/konto/passord/",
    "/konto/nokler/ny/",
    "/konto/totrinn/app/",
    "/konto/logg-ut/",
    "/trondheim/fravaer/",
    "/konto/totrinn/koder/",
    "/konto/totrinn/koder/nye/",
)
ADVISER = (
    "/trondheim/ko/",
    "/mitt-arbeid/",
    "/trondheim/sok/?q=elsykler",
    "/trondheim/ideer/{fresh.reference}/lignende/",
    *(f"/trondheim/ideer/{{{word}.reference}}/" for word in ("late", "taken_up", "declined", "solved", "forwarded")),
    *(
        f"/trondheim/ideer/{{shared.reference}}/steg/{step}/"
        for step in ("take_up", "ask", "forward", "park", "solve", "merge", "decline")
    ),
    "/trondheim/ideer/{shared.reference}/start/",
    "/trondheim/historier/skriv/",
    *(
        f"/trondheim/historier/skriv/{{draft.pk}}/{page}"
        for page in (
            "",
            "se/",
            "bilder/",
            "forfattere/",
            "handler-om/?q=benk",
            "kast/",
            "steg/publish/",
            "steg/schedule/",
        )
    ),
    "/trondheim/historier/skriv/{told.pk}/bilder/",
    "/trondheim/historier/skriv/{told.pk}/bilder/{picture.pk}/",
    "/trondheim/historier/skriv/{told.pk}/steg/withdraw/",
    "/trondheim/historier/{told.slug}/",
    "/trondheim/eksempler/ny/",
    *(
        f"/trondheim/eksempler/nattlys-som-folger-den-som-gar/skriv/{page}"
        for page in (
            "",
            "om/",
            "effekt/",
            "kontakt/",
            "fakta/",
            "tidslinje/",
            "filer/",
            "folk/",
            "navn/",
            "utgaver/",
            "forhandsvis/",
            "steg/publish/",
            "steg/send_back/",
        )
    ),
    "/trondheim/oppsett/",
    "/trondheim/oppsett/kommunen/",
    "/trondheim/oppsett/svarfrist/",
    "/trondheim/oppsett/adresser/",
    "/trondheim/oppsett/enheter/",
    "/trondheim/oppsett/enheter/ny/",
    "/trondheim/oppsett/folk/",
    "/trondheim/oppsett/folk/ny/",
    "/trondheim/oppsett/import/",
    "/trondheim/oppsett/synonymer/",
    "/trondheim/oppsett/synonymer/{synonyms}/",
    "/trondheim/oppsett/udekkede-behov/",
    "/trondheim/ko/samlet/?steg=decline&i={late.reference}&i={shared.reference}",
    "/trondheim/oppsett/enheter/hjemmetjenesten-ost/",
    "/trondheim/oppsett/folk/{nurse.pk}/",
    "/trondheim/oppsett/ruting/",
    "/trondheim/oppsett/ruting/ny/",
    "/trondheim/oppsett/ruting/{rule.pk}/",
    "/trondheim/oppsett/ruting/prov/",
    "/trondheim/oppsett/ruting/endringer/",
    "/trondheim/oppsett/idetyper/",
    "/trondheim/oppsett/svarmaler/",
    "/trondheim/oppsett/svarmaler/en/",
    "/trondheim/oppsett/svarmaler/nb/ny/",
    "/trondheim/oppsett/svarmaler/nn/law-says/",
    f"{COHORT}/deltakere/",
    f"{COHORT}/deltakere/inviter/",
    f"{COHORT}/gjennomforing/",
)
LEADER = (
    "/trondheim/portefolje/",
    "/trondheim/portefolje/flytt/trondheim-i3/",
    "/trondheim/portefolje/tidslinje/",
    "/trondheim/portefolje/plan/trondheim-i3/",
    "/trondheim/portefolje/last/?maal=hours",
    "/trondheim/portefolje/deling/",
    "/trondheim/portefolje/liste/",
    "/trondheim/portefolje/trakt/",
    "/trondheim/portefolje/mote/",
    "/trondheim/kapasitet/",
    "/trondheim/kapasitet/oppgi/",
    "/trondheim/kapasitet/ko/",
    "/trondheim/kapasitet/timer/",
    "/trondheim/initiativ/trondheim-i3/",
    *(
        f"/trondheim/initiativ/trondheim-i3/steg/{step}/"
        for step in ("change_owner", "replan", "pause", "put_in_operation", "finish_learned")
    ),
)
_DAY = "/trondheim/pitchdag/{pitch_day.slug}"
# The chair of a panel on a pitch day, and the cohort that pitches.
CHAIR = (
    "/mitt-arbeid/",
    "/trondheim/programmer/",
    "/trondheim/programmer/ledelsesskolen/",
    *(f"{COHORT}/{page}" for page in ("", "samlinger/", "lag/")),
    "/trondheim/paneler/",
    "/trondheim/pitchdag/",
    *(f"{_DAY}/{page}" for page in ("", "kjor/", "skjerm/", "vedtatt/", "referat/", "folg/{pitch_day.watch_key}/")),
    *(f"{_DAY}/lag/{{pitching.slug}}/{page}" for page in ("", "avgjor/")),
)
PASSWORD = "en lang setning om fjell og fjord"
WALKS: dict[str | None, tuple[str, ...]] = {
    None: PUBLIC,
    "nurse": PERSONAL,
    "adviser": ADVISER,
    "chief-executive": LEADER,
    "direktor.helse": CHAIR,
}
REFUSED = {"/finnes-ikke/": 404, "/trondheim/ko/": 403}


def lived_in(settings: Any) -> dict[str, Any]:
    """The demonstration, a desk in use in Trondheim, rules that are not saved yet, somebody with recovery codes, what
    people keep of search and look for in vain."""
    settings.DEMO = True
    for _feature, load in demo._loaders():
        load()
    trondheim = municipality_by_slug("trondheim")
    nurse = User.objects.get(email="nurse@demo.example")
    nurse.set_password(PASSWORD)
    nurse.save(update_fields=["password"])
    RecoveryCodes.activate(nurse)
    adviser = User.objects.get(email="adviser@demo.example")
    with scope(municipality=trondheim.pk):
        first, second, *_rest = rules_of(trondheim.pk)
        remove_rule(trondheim, user=adviser, rule_id=first.pk)
    found = {
        "saved": save_search(nurse, name="Sykler", asked=Asked("elsykler", {}), municipality=trondheim, told=Told.NOT),
        "synonyms": set_synonyms(trondheim, words=["søppel", "avfall", "boss"], actor=adviser),
    }
    _look_in_vain(trondheim, "parkeringsplasser for elbiler ved rådhuset")
    made = {**desk.fill(trondheim, unit="hjemmetjenesten-ost"), **found, **_stories(trondheim)}
    return {**made, **_pitch_day(trondheim), "nurse": nurse, "rule": second}


def _pitch_day(municipality: Municipality) -> dict[str, Any]:
    """The demonstration's pitch day under way, with its first team on stage."""
    adviser = User.objects.get(email="adviser@demo.example")
    with scope(municipality=municipality.pk):
        day = PitchDay.objects.select_related("municipality", "panel").get()
        step_day(day, "begin", actor=adviser)
        first = slots_of(day)[0]
        step_slot(first, "call", actor=adviser)
    return {"pitch_day": day, "pitching": first.team}


def _look_in_vain(municipality: Municipality, words: str) -> None:
    """As many people as it takes for an unmet need to be shown."""
    with scope(municipality=municipality.pk):
        for person in range(FEWEST):
            Unmet.objects.create(
                municipality=municipality, words=words, person=str(person), period="2026-11", on=clock.today()
            )


def _stories(municipality: Municipality) -> dict[str, Any]:
    """A story with a picture and comments that is out, and a draft."""
    with scope(municipality=municipality.pk):
        picture = Picture.objects.select_related("story").get()
        return {"told": picture.story, "picture": picture, "draft": Story.objects.get(state=StoryState.DRAFT)}


def problems_of(
    *personas: str | None,
    new_context: Callable[..., BrowserContext],
    accessible: Callable[[Page], None],
    ideas: dict[str, Any],
    base_url: str,
) -> dict[str, str]:
    """What is wrong with the pages of some people, by page; nothing is as it should be."""
    problems: dict[str, str] = {}
    for persona in personas:
        page = _signed_in(new_context(viewport=PHONE, has_touch=True), persona, base_url)
        for address in WALKS[persona]:
            place = address.format(**ideas)
            problem = _problem(page, place, REFUSED.get(place, 200) if persona in (None, "nurse") else 200, accessible)
            if problem:
                problems[f"{persona} {place}"] = problem
    return problems


def _signed_in(context: BrowserContext, persona: str | None, base_url: str) -> Page:
    if persona:
        client = Client()
        client.force_login(User.objects.get(email=f"{persona}@demo.example"))
        # Some pages ask for the password once more, and would lead there.
        client.post("/konto/bekreft/", {"password": PASSWORD})
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base_url}])
    # Kept by the browser: half a megabyte less to send to each page.
    context.add_init_script(AXE_SCRIPT)
    return context.new_page()


def _problem(page: Page, address: str, status: int, accessible: Callable[[Page], None]) -> str:
    response = page.goto(address)
    if response is None or response.status != status:
        return f"status {response and response.status}"
    if urlsplit(page.url).path != urlsplit(address).path:
        return f"led on to {page.url}"
    if page.locator("h1").count() != 1 or not page.title():
        return "no title, or not one heading of the first rank"
    return _looked_at(page, accessible)


def _looked_at(page: Page, accessible: Callable[[Page], None]) -> str:
    """What is wrong with the page on a phone, at 400 % zoom and on a dark desktop."""
    try:
        accessible(page)
        sideways = _sideways(page)
        page.emulate_media(color_scheme="dark")
        _resize(page, DESKTOP)
        accessible(page)
    except AssertionError as error:
        return f"{page.viewport_size}: {error}"[:1500]
    finally:
        page.set_viewport_size(PHONE)
        page.emulate_media(color_scheme="light")
    return sideways


def _sideways(page: Page) -> str:
    """What is wrong with the page at 400 % zoom."""
    _resize(page, ZOOMED)
    width = page.evaluate("document.documentElement.scrollWidth")
    return f"{width} px wide at 400 %" if width > ZOOMED["width"] else ""


def _resize(page: Page, size: ViewportSize) -> None:
    """Make the window as wide as is asked for, and wait until the page knows: on a busy machine it is told later."""
    page.set_viewport_size(size)
    page.wait_for_function("(width) => window.innerWidth === width", arg=size["width"])
