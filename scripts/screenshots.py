"""Take the pictures of README and docs from a demonstration that runs: `PORT=8000 make demo`, then this.

python scripts/screenshots.py [http://127.0.0.1:8000]

Everything in them is the demonstration's own: made up, and marked so. Needs Chromium and playwright.
"""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
LARGEST_BYTES = 200_000
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
SENTENCE = "Heng opp en tavle ved vaktrommet som viser hvilke nøkler som er ute."


class Studio:
    """A browser in front of the demonstration."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address

    @contextmanager
    def page(self, persona: str = "", **options: object) -> Iterator[Page]:
        """A fresh page, signed in as a persona if one is named."""
        given = {"viewport": DESKTOP, "locale": "nb-NO", "base_url": self.address, **options}
        context = self.browser.new_context(**given)  # type: ignore[arg-type]
        page = context.new_page()
        if persona:
            page.goto("/konto/demo/")
            page.locator(f"button[value='{persona}']").click()
            page.wait_for_load_state()
        yield page
        context.close()

    def keep(self, page: Page, name: str) -> None:
        """Save what is seen, small enough for a repository."""
        path = FOLDER / f"{name}.png"
        page.wait_for_load_state("networkidle")
        page.screenshot(path=path, animations="disabled")
        size = path.stat().st_size
        if size > LARGEST_BYTES:
            raise SystemExit(f"{path.name} has {size} bytes; {LARGEST_BYTES} are the most.")
        print(f"{path.name}  {size // 1000} kB")


def nurse(studio: Studio) -> None:
    """One sentence on a phone, and the receipt."""
    with studio.page(viewport=PHONE, has_touch=True) as page:
        page.goto("/trondheim/hjemmetjenesten-ost/ny")
        page.locator("textarea").first.fill(SENTENCE)
        studio.keep(page, "nurse-360")
        page.get_by_role("button", name="Send ideen").click()
        page.wait_for_url("**/kvittering/")
        studio.keep(page, "receipt-360")


def adviser(studio: Studio) -> None:
    """The queue, light and dark, and the thread of the idea that has waited longest."""
    for name, scheme in (("queue", "light"), ("queue-dark", "dark")):
        with studio.page("adviser", color_scheme=scheme) as page:
            page.goto("/trondheim/ko/")
            studio.keep(page, name)
    with studio.page("adviser") as page:
        page.goto("/trondheim/ko/")
        page.locator("[data-row-link]").first.click()
        page.wait_for_url("**/ideer/**")
        studio.keep(page, "thread")


def doors(studio: Studio) -> None:
    """The front page, and Ulstein's door in nynorsk."""
    with studio.page() as page:
        page.goto("/")
        studio.keep(page, "front")
    with studio.page(locale="no") as page:
        page.goto("/ulstein/")
        studio.keep(page, "ulstein-nynorsk")


def finding(studio: Studio) -> None:
    """What search finds in a municipality, and the rules that say who gets what."""
    with studio.page("adviser") as page:
        page.goto("/trondheim/sok/?q=n%C3%B8kler")
        studio.keep(page, "search")
    with studio.page("adviser") as page:
        page.goto("/trondheim/oppsett/ruting/")
        studio.keep(page, "routing")


def library(studio: Studio) -> None:
    """What a neighbour finds: the library, cases, who uses one and what each changed, stories."""
    with studio.page() as page:
        page.goto("/eksempler/")
        studio.keep(page, "library")
        page.goto("/eksempler/ledelsesskolen/")
        studio.keep(page, "case")
        page.goto("/eksempler/sammenlign/?case=rett-i-jobb&case=integreringsradslag")
        studio.keep(page, "compare")
        page.goto("/eksempler/kart/")
        studio.keep(page, "map")
        page.goto("/eksempler/?q=vikarliste")
        page.locator(".list-row__title a").first.click()
        page.wait_for_url("**/eksempler/felles-**")
        page.goto(f"{page.url.partition('?')[0]}spredning/")
        studio.keep(page, "lineage")
        page.goto("/trondheim/historier/")
        studio.keep(page, "stories")
    with studio.page(viewport=PHONE, has_touch=True, color_scheme="dark", locale="nn-NO") as page:
        page.goto("/eksempler/teknologiskolen/")
        studio.keep(page, "case-360-dark-nynorsk")
    with studio.page("adviser") as page:
        page.goto("/trondheim/eksempler/ny/")
        studio.keep(page, "case-new")


def work(studio: Studio) -> None:
    """Work under way: an initiative, the board, the timeline, what units can carry, and a start that is refused."""
    with studio.page("adviser") as page:
        for name, path in (
            ("board", "/trondheim/portefolje/"),
            ("timeline", "/trondheim/portefolje/tidslinje/"),
            ("load", "/trondheim/portefolje/last/"),
            ("capacity", "/trondheim/kapasitet/"),
        ):
            page.goto(path)
            studio.keep(page, name)
        _open_initiative(page)
        studio.keep(page, "initiative")
        _start_too_much(page)
        studio.keep(page, "start-refused")
    with studio.page("adviser", viewport=PHONE, has_touch=True, color_scheme="dark", locale="nn-NO") as page:
        _open_initiative(page)
        studio.keep(page, "initiative-360-dark-nynorsk")
        page.goto("/trondheim/portefolje/")
        studio.keep(page, "board-360-dark-nynorsk")


def pitch(studio: Studio) -> None:
    """The programme, and the pitch day: the panel's page, scores on a phone, the big screen, the decision."""
    with studio.page("adviser") as page:
        for name, path in (
            ("programmes", "/trondheim/programmer/"),
            ("pitch-day", "/trondheim/pitchdag/pitchdag-for-kull-2-oppdiktet/"),
            ("pitch-run", "/trondheim/pitchdag/pitchdag-for-kull-2-oppdiktet/kjor/"),
            ("panels", "/trondheim/paneler/"),
        ):
            page.goto(path)
            studio.keep(page, name)
        page.set_viewport_size({"width": 1920, "height": 1080})
        page.goto("/trondheim/pitchdag/pitchdag-for-kull-2-oppdiktet/skjerm/")
        studio.keep(page, "pitch-screen")
    with studio.page("juror", viewport=PHONE, has_touch=True) as page:
        page.goto("/trondheim/paneler/trondheim-p1/poeng/")
        page.get_by_role("link", name="Begynn").click()
        page.wait_for_url("**/poeng/*-*/")
        page.locator("main h2").first.evaluate("heading => heading.scrollIntoView()")
        studio.keep(page, "scoring-360")


def school(studio: Studio) -> None:
    """A cohort as who leads it meets it, and one's own place on a phone."""
    finished = "/trondheim/programmer/ledelsesskolen/kull-1-oppdiktet"
    running = "/trondheim/programmer/ledelsesskolen/kull-2-oppdiktet"
    with studio.page("adviser") as page:
        for name, path in (
            ("attendance", f"{running}/oppmote/"),
            ("completion", f"{running}/gjennomforing/"),
            ("evaluations", f"{finished}/evaluering/"),
        ):
            page.goto(path)
            studio.keep(page, name)
        page.goto(f"{running}/oppmote/")
        page.get_by_role("link", name="Kode på veggen").click()
        page.wait_for_load_state()
        studio.keep(page, "wall-code")
    with studio.page("unit-manager", viewport=PHONE, has_touch=True, color_scheme="dark", locale="nn-NO") as page:
        page.goto(f"{running}/min-plass/")
        studio.keep(page, "own-place-360-dark-nynorsk")


def _open_initiative(page: Page) -> None:
    page.goto("/trondheim/portefolje/liste/?q=Medisindispensere")
    page.get_by_role("link", name="Medisindispensere hjemme hos folk").first.click()
    page.wait_for_load_state()


def _start_too_much(page: Page) -> None:
    """Ask for more help than there is: the page says what is missing, when it is free, and three ways on."""
    page.goto("/trondheim/sok/?q=elektroniske+d%C3%B8rl%C3%A5ser")
    page.get_by_role("link", name="Elektroniske dørlåser").first.click()
    page.goto(f"{page.url.split('?')[0]}start/")
    page.locator("[name=hypothesis]").fill("Hjelpen er framme ti minutter før når alarmen går.")
    page.locator("[name=milestone]").fill("Førti dører har lås")
    page.locator("#id_reason").fill("Ja, vi begynner med førti dører.")
    needed = page.locator("input[name^=need-]")
    needed.nth(1).fill("5000")
    page.get_by_role("button", name="Start arbeidet").click()
    page.wait_for_load_state()


def main() -> None:
    """Take them all."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    chromium = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    FOLDER.mkdir(parents=True, exist_ok=True)
    scenes: tuple[Callable[[Studio], None], ...] = (adviser, nurse, doors, finding, library, work, pitch, school)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scene in scenes:
            scene(Studio(browser, address))
        browser.close()


if __name__ == "__main__":
    main()
