"""Addresses of teams, under a cohort's."""

from django.urls import path

from grobunn.programmes.views.cohorts import teams

_TEAMS = "<slug:municipality>/programmer/<slug:programme>/<slug:cohort>/lag"

urlpatterns = [
    path(f"{_TEAMS}/", teams.list_teams, name="teams"),
    path(f"{_TEAMS}/ny/", teams.make, name="make_team"),
    path(f"{_TEAMS}/sett-sammen/", teams.form_teams, name="form_teams"),
    path(f"{_TEAMS}/onsker/", teams.wish, name="wish"),
    path(f"{_TEAMS}/<slug:team>/", teams.show, name="team"),
    path(f"{_TEAMS}/<slug:team>/endre/", teams.change, name="change_team"),
    path(f"{_TEAMS}/<slug:team>/innlevert/<uuid:hand_in_id>/", teams.download, name="handed_in"),
]
