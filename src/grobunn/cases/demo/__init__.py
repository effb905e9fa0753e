"""What `cases` puts into a demonstration: real cases from public sources, and made-up ones in other states."""

from grobunn.cases.demo.adoptions import tell_adoptions
from grobunn.cases.demo.stories import tell_stories
from grobunn.cases.services.load import load_cases


def load_demo() -> None:
    """Load what is not there yet; safe to repeat, and what somebody has changed since is left alone."""
    load_cases()
    tell_stories()
    tell_adoptions()
