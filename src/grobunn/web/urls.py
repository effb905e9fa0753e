"""Addresses of the pages that belong to no feature. A municipality's own page comes last: it answers to any word."""

from django.urls import path

from grobunn.web.views import front, home, work

app_name = "web"

urlpatterns = [
    path("", front.show_front, name="front"),
    path("mitt-arbeid/", work.show_work, name="my_work"),
    path("mitt-arbeid/skrevet/", work.show_written, name="written"),
    path("mitt-arbeid/folger/", work.show_followed, name="followed"),
    path("<slug:municipality>/", home.show_home, name="home"),
]
