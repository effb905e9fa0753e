"""All addresses: each feature's own list, mounted."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("grobunn.web.urls")),
    path("", include("grobunn.ui.urls")),
]
