"""Addresses of methods: their set-up."""

from django.urls import path

from grobunn.methods.views import editor, listing

app_name = "methods"

_METHODS = "<slug:municipality>/oppsett/metoder"

urlpatterns = [
    path(f"{_METHODS}/", listing.show_methods, name="list"),
    path(f"{_METHODS}/ny/", listing.new_method, name="new"),
    path(f"{_METHODS}/m/<slug:key>/", listing.show_method, name="method"),
    path(f"{_METHODS}/m/<slug:key>/endre/", editor.edit, name="edit"),
    path(f"{_METHODS}/m/<slug:key>/tilby/", listing.offer, name="offer"),
]
