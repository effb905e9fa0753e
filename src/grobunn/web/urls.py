"""Addresses of the pages that belong to no feature. A municipality's own page comes last: it answers to any word."""

from django.urls import path

from grobunn.web.views import front, home, robots, work
from grobunn.web.views import help as help_views

app_name = "web"

urlpatterns = [
    path("", front.show_front, name="front"),
    path("robots.txt", robots.show_robots, name="robots"),
    path("sitemap.xml", robots.show_sitemap, name="sitemap"),
    path("sitemap/<slug:name>-<int:number>.xml", robots.show_sitemap_file, name="sitemap_file"),
    path("mitt-arbeid/", work.show_work, name="my_work"),
    path("mitt-arbeid/skrevet/", work.show_written, name="written"),
    path("mitt-arbeid/folger/", work.show_followed, name="followed"),
    path("hjelp/", help_views.show_help, name="help"),
    path("hjelp/tema/<slug:section>/", help_views.show_help_section, name="help_section"),
    path("<slug:municipality>/", home.show_home, name="home"),
]
