"""What happens when somebody signs in: the session learns in which municipalities they are on a panel."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from grobunn.juries.queries.members import keep_on_panels


@receiver(user_logged_in)
def keep_panels(request: HttpRequest | None, user: Any, **kwargs: Any) -> None:
    """So that the navigation asks the database nothing on every page."""
    if request is not None and hasattr(request, "session"):
        keep_on_panels(request, user)
