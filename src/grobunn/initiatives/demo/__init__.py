"""What `initiatives` puts into a demonstration: capacity that units declare, and made-up work in every stage."""

from grobunn.initiatives.demo.stories import tell_stories


def load_demo() -> None:
    """Load what is not there yet; safe to repeat, and what somebody has changed since is left alone."""
    tell_stories()
