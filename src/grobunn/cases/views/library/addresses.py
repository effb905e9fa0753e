"""Addresses of the library; they come before those of single cases, which answer to any word."""

from django.urls import path

from grobunn.cases.views.library import page

urlpatterns = [
    path("eksempler/", page.show_library, name="library"),
    path("<slug:municipality>/eksempler/", page.show_library_here, name="library_here"),
]
