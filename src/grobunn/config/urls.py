"""All addresses: each feature's own list, mounted."""

from django.urls import URLPattern, URLResolver, include, path

from grobunn.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("konto/", include("grobunn.accounts.urls")),
    path("", include("grobunn.notifications.urls")),
    path("", include("grobunn.ui.urls")),
    path("", include("grobunn.discussion.urls")),
    path("", include("grobunn.search.urls")),
    path("", include("grobunn.cases.urls")),
    path("", include("grobunn.stories.urls")),
    path("", include("grobunn.capacity.urls")),
    path("", include("grobunn.portfolio.urls")),
    path("", include("grobunn.programmes.urls")),
    path("", include("grobunn.pitching.urls")),
    path("", include("grobunn.initiatives.urls")),
    path("", include("grobunn.juries.urls")),
    path("", include("grobunn.ideas.urls")),
    path("", include("grobunn.methods.urls")),
    path("", include("grobunn.organisations.urls")),
    path("", include("grobunn.web.urls")),  # Last: a municipality's own page answers to any word.
]

handler400 = "grobunn.config.errors.bad_request"
handler403 = "grobunn.config.errors.permission_denied"
handler404 = "grobunn.config.errors.page_not_found"
handler500 = "grobunn.config.errors.server_error"
