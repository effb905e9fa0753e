"""Kinds of message that exist in these tests alone."""

from pathlib import Path

from django.conf import settings
from django.template import engines

from grobunn.notifications import kinds
from grobunn.notifications.kinds import Kind

TEMPLATES = Path(__file__).parent / "templates"
ANSWERED = Kind(
    name="tests.answered",
    label="Answers",
    description="When your idea is answered.",
    template="answered",
    is_mandatory=True,
    why="You wrote the idea.",
)
COMMENTED = Kind(name="tests.commented", label="Comments", description="When somebody comments.", template="commented")


def register_kinds() -> None:
    """Make them known in a process of its own."""
    settings.TEMPLATES[0]["DIRS"] = [TEMPLATES]
    engines.__dict__.pop("templates", None)
    for kind in (ANSWERED, COMMENTED):
        kinds.register(kind)
