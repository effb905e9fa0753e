from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "grobunn.ui"
    label = "ui"
