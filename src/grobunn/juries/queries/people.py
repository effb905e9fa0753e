"""People who can come onto a panel."""

from uuid import UUID

from grobunn.accounts.models import User
from grobunn.accounts.queries import user_with_address
from grobunn.organisations.queries import role_assignments_of


def people_called(municipality_id: UUID, words: str) -> list[User]:
    """Who is meant: the account of an address, else those who work in the municipality and are called so."""
    if "@" in words:
        known = user_with_address(words)
        return [known] if known is not None else []
    found = {row.user_id: row.user for row in role_assignments_of(municipality_id, words=words)[:50]}
    exact = [user for user in found.values() if user.name.casefold() == words.casefold()]
    return exact or list(found.values())
