"""Makes the personas of demo mode and lets them in; outside demo mode, nobody gets in this way."""

from django.conf import settings

from grobunn.accounts.models import User
from grobunn.accounts.personas import PERSONAS
from grobunn.accounts.services.users import ensure_user


class DemoIsOff(Exception):  # noqa: N818 -- a business refusal, named for what is so
    """Something that only demo mode allows was asked for outside it."""


class UnknownPersona(Exception):  # noqa: N818
    """A code that no persona has; carries the codes that exist."""

    def __init__(self, code: str) -> None:
        super().__init__(f"No persona is called {code}. There are: {', '.join(PERSONAS)}.")


def ensure_personas() -> dict[str, User]:
    """Make the user of every persona; safe to repeat.

    Returns: the users by code. They have no password, so that outside demo mode nobody can sign in as one.
    """
    return {
        code: ensure_user(email=persona.email, name=persona.name, is_synthetic=True)
        for code, persona in PERSONAS.items()
    }


def persona_to_sign_in(code: str) -> User:
    """The user whom a persona's code lets in.

    Raises:  DemoIsOff, UnknownPersona.
    """
    if not settings.DEMO:
        raise DemoIsOff
    persona = PERSONAS.get(code)
    if persona is None:
        raise UnknownPersona(code)
    return ensure_user(email=persona.email, name=persona.name, is_synthetic=True)
