"""The person behind a request."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from grobunn.accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Who is signed in; the gate has seen to it that somebody is.

    Raises:  PermissionDenied.
    """
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
