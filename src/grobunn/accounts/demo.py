"""What `accounts` puts into a demonstration, and who is who there."""

from uuid import NAMESPACE_URL, UUID, uuid5

from django_scopes import scopes_disabled

from grobunn.accounts.models import User
from grobunn.accounts.services.personas import ensure_personas


def load_demo() -> None:
    """Make the personas; safe to repeat."""
    ensure_personas()


def person(name: str) -> User:
    """Somebody of the demonstration by the beginning of their address."""
    with scopes_disabled():
        return User.objects.get(email=f"{name}@demo.example")


def key_of(kind: str, story_id: str) -> UUID:
    """The key of something of the demonstration: made twice, it is there once."""
    return uuid5(NAMESPACE_URL, f"https://demo.example/{kind}/{story_id}")
