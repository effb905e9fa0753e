"""Addresses of search."""

from django.urls import path

from grobunn.search import views

app_name = "search"
urlpatterns = [
    path("sok/", views.search_everywhere, name="everywhere"),
    path("<slug:municipality>/sok/", views.search_here, name="here"),
]
