"""Addresses of initiatives."""

from django.urls import path

from grobunn.initiatives.views import listing, page, starting, steps
from grobunn.initiatives.views.phases.addresses import urlpatterns as phases
from grobunn.initiatives.views.work.addresses import urlpatterns as work

app_name = "initiatives"

_ONE = "<slug:municipality>/initiativ/<slug:reference>"

urlpatterns = [
    path("<slug:municipality>/ideer/<slug:reference>/start/", starting.start, name="start"),
    path("<slug:municipality>/ideer/<slug:reference>/start/bli-med/", starting.join, name="join"),
    path("<slug:municipality>/initiativ/", listing.list_initiatives, name="list"),
    *phases,  # Above the page of one: the log of decisions has a name that could be a reference.
    path(f"{_ONE}/", page.show_initiative, name="initiative"),
    path(f"{_ONE}/steg/<slug:edge>/", steps.take_step, name="step"),
    *work,
]
