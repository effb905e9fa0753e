"""Where the pages of pitch days are."""

from django.urls import NoReverseMatch, reverse

from grobunn.juries.addresses import panel_page
from grobunn.pitching.models import PitchDay, Slot


def day_page(day: PitchDay) -> str:
    """The page of a pitch day."""
    return reverse("pitching:day", kwargs=_where(day))


def run_page(day: PitchDay) -> str:
    """Where whoever leads the day runs it."""
    return reverse("pitching:run", kwargs=_where(day))


def minutes_page(day: PitchDay) -> str:
    """The minutes of a day."""
    return reverse("pitching:minutes", kwargs=_where(day))


def standing_page(day: PitchDay) -> str:
    """What has been decided so far."""
    return reverse("pitching:standing", kwargs=_where(day))


def watch_page(day: PitchDay) -> str:
    """Where anybody who has the link follows the day."""
    return reverse("pitching:watch", kwargs={**_where(day), "watch_key": day.watch_key})


def watched_part(day: PitchDay) -> str:
    """The part of the watchers' page that changes: the same for all of them."""
    return reverse("pitching:watch_now", kwargs={**_where(day), "watch_key": day.watch_key})


def part_of(day: PitchDay, name: str) -> str:
    """The part of another page of the day that changes. Takes: name, of its address."""
    return reverse(f"pitching:{name}", kwargs=_where(day))


def proposal_page(slot: Slot) -> str:
    """What a team asks for."""
    return reverse("pitching:proposal", kwargs={**_where(slot.day), "team": slot.team.slug})


def decide_page(slot: Slot) -> str:
    """Where the panel decides what becomes of a pitch."""
    return reverse("pitching:decide", kwargs={**_where(slot.day), "team": slot.team.slug})


def panel_url(day: PitchDay) -> str:
    """The page of the day's panel, "" where there is none."""
    if day.panel is None:
        return ""
    try:
        return panel_page(day.panel)
    except NoReverseMatch:
        return ""


def _where(day: PitchDay) -> dict[str, str]:
    return {"municipality": day.municipality.slug, "slug": day.slug}
