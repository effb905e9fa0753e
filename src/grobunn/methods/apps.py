from django.apps import AppConfig


class MethodsConfig(AppConfig):
    """Methods: templates for working through something new."""

    name = "grobunn.methods"
    label = "methods"

    def ready(self) -> None:
        from grobunn.methods import manifest  # noqa: PLC0415 -- app ready

        manifest.register()
