from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "grobunn.search"
    label = "search"
