"""Addresses of phases, gates and the log of decisions."""

from django.urls import path

from grobunn.initiatives.views.phases import decisions, page, steps

_PHASE = "<slug:municipality>/initiativ/<slug:reference>/fase"

urlpatterns = [
    path("<slug:municipality>/initiativ/beslutninger/", decisions.show_decisions, name="decisions"),
    path(f"{_PHASE}/", page.show_phase, name="phase"),
    path(f"{_PHASE}/avgjor/", steps.decide, name="decide"),
    path(f"{_PHASE}/be-om-avgjorelse/", steps.ask, name="ask_decision"),
    path(f"{_PHASE}/bytt/", steps.change, name="change_phase"),
    path(f"{_PHASE}/metode/", steps.switch, name="switch_method"),
]
