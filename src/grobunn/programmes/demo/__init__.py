"""What `programmes` puts into a demonstration: what the sources tell, made-up leaders and twelve teams."""

from grobunn.programmes.demo.stories import tell_stories


def load_demo() -> None:
    """Load what is not there yet; safe to repeat, and what somebody has changed since is left alone."""
    tell_stories()
