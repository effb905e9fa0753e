"""A made-up idea, to show how a ready reason reads to whoever gets it."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.placeholders import filled
from grobunn.ideas.previews import Preview, preview_of
from grobunn.ideas.queries.reasons import EDGES
from grobunn.kernel import clock
from grobunn.organisations.models import Municipality
from grobunn.organisations.queries import open_units

_PARKED_DAYS = 90


def example_message(municipality: Municipality, *, edge: str, text: str, language: str) -> tuple[Preview, str] | None:
    """The whole message of an answer with the example, and the reason in it filled in; None without words."""
    if not text.strip() or edge not in EDGES:
        return None
    idea = _example(municipality, language=language)
    with override(language):
        solution = _("the app of the municipality")
    changes = {"parked_until": clock.today() + timedelta(days=_PARKED_DAYS), "solution": solution}
    preview = preview_of(idea, edge, changes=changes)
    return (preview, filled(text, idea)) if preview else None


def _example(municipality: Municipality, *, language: str) -> Idea:
    """An idea that is never saved, at the municipality's first unit."""
    unit = open_units(municipality.pk).first()
    with override(language):
        return Idea(
            municipality=municipality,
            reference=f"{municipality.slug}-42",
            title=_("A bench by the entrance"),
            text=_("Put up a bench by the entrance."),
            unit=unit,
            holder_unit=unit,
            contact=Contact.EMAIL,
            writer_email="example@example.org",
            language=language,
        )
