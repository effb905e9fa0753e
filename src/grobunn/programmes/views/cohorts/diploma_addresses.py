"""Addresses of diplomas."""

from django.urls import path

from grobunn.programmes.views import diplomas as checking
from grobunn.programmes.views.cohorts import diploma_files, diplomas

_ALL = "<slug:municipality>/programmer"
_COHORT = f"{_ALL}/<slug:programme>/<slug:cohort>"

urlpatterns = [
    path(f"{_ALL}/kursbevis/", checking.check, name="check_diploma"),
    path(f"{_ALL}/svar/<str:key>/kursbevis/", diplomas.own_by_link, name="diploma_by_link"),
    path(f"{_COHORT}/min-plass/kursbevis/", diplomas.own, name="own_diploma"),
    path(f"{_COHORT}/gjennomforing/kursbevis/", diploma_files.show, name="diplomas"),
    path(f"{_COHORT}/gjennomforing/kursbevis/fil/<uuid:file_id>/", diploma_files.fetch, name="diploma_file"),
    path(f"{_COHORT}/gjennomforing/kursbevis/<uuid:enrolment_id>/", diplomas.of_one, name="diploma"),
]
