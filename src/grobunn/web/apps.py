from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "grobunn.web"
    label = "web"
