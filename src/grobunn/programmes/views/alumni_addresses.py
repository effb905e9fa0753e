"""Addresses of those who completed a programme."""

from django.urls import path

from grobunn.programmes.views import alumni

_ALL = "<slug:municipality>/programmer"
_ONE = f"{_ALL}/<slug:programme>"

urlpatterns = [
    path(f"{_ALL}/svar/<str:key>/videre/<uuid:cohort_id>/", alumni.take_place_by_link, name="take_place_by_link"),
    path(f"{_ONE}/fullforte/", alumni.list_alumni, name="alumni"),
    path(f"{_ONE}/<slug:cohort>/min-plass/videre/<uuid:cohort_id>/", alumni.take_place, name="take_place"),
]
