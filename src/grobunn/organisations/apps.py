from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "grobunn.organisations"
    label = "organisations"
