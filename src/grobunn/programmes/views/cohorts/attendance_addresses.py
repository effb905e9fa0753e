"""Addresses of attendance and completion, under a cohort's."""

from django.urls import path

from grobunn.programmes.views.cohorts import attendance, completion

_COHORT = "<slug:municipality>/programmer/<slug:programme>/<slug:cohort>"

urlpatterns = [
    path(f"{_COHORT}/oppmote/", attendance.show, name="attendance"),
    path(f"{_COHORT}/gjennomforing/", completion.show, name="completion"),
    path(f"{_COHORT}/gjennomforing/<uuid:make_up_id>/godta/", completion.accept, name="accept_make_up"),
    path(f"{_COHORT}/samlinger/<slug:topic>/erstatning/", completion.make_up, name="make_up"),
]
