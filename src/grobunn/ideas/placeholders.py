"""Words in a ready reason that stand for something of the idea: {title}, {reference}, {unit}, {municipality}."""

import re

from grobunn.ideas.models import Idea

_IN_BRACES = re.compile(r"\{([^{}]*)\}")
NAMES = ("title", "reference", "unit", "municipality")


def filled(text: str, idea: Idea) -> str:
    """A ready reason with its placeholders filled in; anything else in braces stays as it is.

    Takes: idea with municipality, and with unit if it has one.
    """
    values = {
        "title": idea.heading,
        "reference": idea.reference,
        "unit": idea.unit.name if idea.unit else idea.municipality.name,
        "municipality": idea.municipality.name,
    }
    for name in NAMES:
        text = text.replace(f"{{{name}}}", values[name])
    return text


def unknown_in(text: str) -> list[str]:
    """What stands in braces and is no placeholder: probably one that was misspelt."""
    return [found for found in dict.fromkeys(_IN_BRACES.findall(text)) if found not in NAMES]
