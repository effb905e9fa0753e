from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "grobunn.kernel"
    label = "kernel"
