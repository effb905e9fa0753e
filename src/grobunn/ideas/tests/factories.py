"""Ideas for tests: made by the service itself, so that every one has a holder, a date and a history."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from grobunn.accounts.models import User
from grobunn.ideas.models import Contact, Idea
from grobunn.ideas.services.submit import Submission, submit_idea
from grobunn.organisations.models import Municipality, Unit


def make_idea(
    municipality: Municipality, *, writer: User | None = None, unit: Unit | None = None, **fields: Any
) -> Idea:
    """An idea as it comes in; with a writer, by account."""
    fields.setdefault("text", "Sett opp en benk ved inngangen.")
    if writer is not None:
        fields.setdefault("contact", Contact.ACCOUNT)
    return submit_idea(municipality, submission=Submission(**fields), actor=writer or AnonymousUser(), unit=unit)
