"""The request as views inside a municipality see it."""

from django.http import HttpRequest

from grobunn.accounts.models import User
from grobunn.organisations.models import Municipality


class TenantRequest(HttpRequest):
    """A request whose address names a municipality; `middleware.Tenant` sets it."""

    municipality: Municipality


def signed_in(request: HttpRequest) -> User:
    """The user of a request that a permission has let in.

    Raises: TypeError if nobody is signed in: the view's permission is then wrong.
    """
    if not isinstance(request.user, User):
        raise TypeError("This view serves signed-in people only.")
    return request.user
