"""What `ideas` puts into a demonstration: routing and reasons, made-up ideas with their lives, a real open archive."""

from grobunn.ideas.demo.archive import load_archive
from grobunn.ideas.demo.set_up import set_up
from grobunn.ideas.demo.stories import tell_stories
from grobunn.search.services import index_waiting


def load_demo() -> None:
    """Load what is not there yet; safe to repeat, and what somebody has changed since is left alone."""
    set_up()
    tell_stories()
    load_archive()
    index_waiting()
