"""What a view may expect of a request that the gate has let through."""

from django.http import HttpRequest

from grobunn.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
