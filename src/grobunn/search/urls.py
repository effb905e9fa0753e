"""Addresses of search."""

from django.urls import path

from grobunn.search.views import results, suggestions, synonyms

app_name = "search"
urlpatterns = [
    path("sok/", results.search_everywhere, name="everywhere"),
    path("sok/forslag/", suggestions.suggest_everywhere, name="suggestions_everywhere"),
    path("<slug:municipality>/sok/", results.search_here, name="here"),
    path("<slug:municipality>/sok/forslag/", suggestions.suggest_here, name="suggestions_here"),
    path("<slug:municipality>/oppsett/synonymer/", synonyms.synonyms, name="synonyms"),
    path("<slug:municipality>/oppsett/synonymer/<uuid:group>/", synonyms.change_synonyms, name="change_synonyms"),
    path("<slug:municipality>/oppsett/synonymer/<uuid:group>/fjern/", synonyms.forget_synonyms, name="forget_synonyms"),
]
