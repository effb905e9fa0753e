"""Addresses of evaluations, under a cohort's and a programme's."""

from django.urls import path

from grobunn.programmes.views import digest
from grobunn.programmes.views.cohorts import evaluating, evaluations

_ALL = "<slug:municipality>/programmer"
_ONE = f"{_ALL}/<slug:programme>"
_COHORT = f"{_ONE}/<slug:cohort>"
_GATHERING = f"{_COHORT}/samlinger/<slug:topic>"

urlpatterns = [
    path(f"{_ALL}/svar/<str:key>/evaluering/<uuid:gathering_id>/", evaluating.own_by_link, name="evaluate_by_link"),
    path(f"{_ONE}/evalueringer/", digest.show, name="digest"),
    path(f"{_COHORT}/min-plass/evaluering/<uuid:gathering_id>/", evaluating.own, name="evaluate"),
    path(f"{_COHORT}/evaluering/", evaluations.list_evaluations, name="evaluations"),
    path(f"{_GATHERING}/evaluering/", evaluations.show, name="evaluation_results"),
    path(f"{_GATHERING}/evaluering/sporsmal/", evaluations.ask, name="evaluation_questions"),
]
