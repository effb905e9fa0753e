"""Addresses of initiatives."""

from django.urls import path

from grobunn.initiatives.views import listing, page

app_name = "initiatives"

_ONE = "<slug:municipality>/initiativ/<slug:reference>"

urlpatterns = [
    path("<slug:municipality>/initiativ/", listing.list_initiatives, name="list"),
    path(f"{_ONE}/", page.show_initiative, name="initiative"),
]
