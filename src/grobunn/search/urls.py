"""Addresses of search."""

from django.urls import path

from grobunn.search.views import feed, results, saved, suggestions, synonyms, unmet

app_name = "search"
urlpatterns = [
    path("sok/", results.search_everywhere, name="everywhere"),
    path("sok/forslag/", suggestions.suggest_everywhere, name="suggestions_everywhere"),
    path("sok/lagrede/", saved.saved_searches, name="saved"),
    path("sok/lagrede/ny/", saved.save, name="save"),
    path("sok/lagrede/<uuid:saved>/", saved.change, name="change_saved"),
    path("sok/lagrede/<uuid:saved>/ny-adresse/", saved.renew, name="renew_feed"),
    path("sok/lagrede/<uuid:saved>/fjern/", saved.forget, name="forget_saved"),
    path("sok/lagrede/<uuid:saved>/<str:secret>.atom", feed.feed, name="feed"),
    path("<slug:municipality>/sok/", results.search_here, name="here"),
    path("<slug:municipality>/sok/forslag/", suggestions.suggest_here, name="suggestions_here"),
    path("<slug:municipality>/oppsett/udekkede-behov/", unmet.unmet, name="unmet"),
    path("<slug:municipality>/oppsett/synonymer/", synonyms.synonyms, name="synonyms"),
    path("<slug:municipality>/oppsett/synonymer/<uuid:group>/", synonyms.change_synonyms, name="change_synonyms"),
    path("<slug:municipality>/oppsett/synonymer/<uuid:group>/fjern/", synonyms.forget_synonyms, name="forget_synonyms"),
]
