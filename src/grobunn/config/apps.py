from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "grobunn.config"
    label = "config"
