from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "grobunn.ideas"
    label = "ideas"
