"""Addresses of the library; they come before those of single cases, which answer to any word."""

from django.urls import path

from grobunn.cases.views.library import comparing, mapping, page

urlpatterns = [
    path("eksempler/", page.show_library, name="library"),
    path("eksempler/kart/", mapping.show_map, name="map"),
    path("eksempler/sammenlign/", comparing.compare, name="compare"),
    path("<slug:municipality>/eksempler/", page.show_library_here, name="library_here"),
]
