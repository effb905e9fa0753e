"""What `accounts` puts into a demonstration."""

from grobunn.accounts.services.personas import ensure_personas


def load_demo() -> None:
    """Make the personas; safe to repeat."""
    ensure_personas()
