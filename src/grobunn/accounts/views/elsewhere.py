"""Leaving for the municipality's own login."""

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from grobunn.kernel.permissions import open_to_all


@never_cache
@open_to_all("Whoever signs in is not signed in yet.")
def sign_in_elsewhere(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser on to the provider, by a page of our own.

    Our policy lets no form lead to another site, and browsers hold a form's redirects to it too (CSP Level 3,
    form-action): the button posts to us, and this page goes on by itself.
    """
    response: HttpResponse = openid_connect.login(request, provider_id)
    if response.status_code != 302:
        return response
    return render(request, "accounts/going_elsewhere.html", {"address": response["Location"]})
