"""Addresses of capacity."""

from django.urls import path

from grobunn.capacity.views import raising

app_name = "capacity"

urlpatterns = [
    path("<slug:municipality>/kapasitet/kilder/<uuid:source_id>/ok/", raising.raise_source, name="raise"),
]
