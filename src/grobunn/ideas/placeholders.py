"""Words in a ready reason that stand for something of the idea: {title}, {reference}, {unit}, {municipality}."""

from grobunn.ideas.models import Idea

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
