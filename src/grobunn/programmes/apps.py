from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Programmes: leaders learn together and work on something real."""

    name = "grobunn.programmes"
    label = "programmes"

    def ready(self) -> None:
        from grobunn.programmes import handlers, manifest  # noqa: F401, PLC0415 -- app ready

        manifest.register()
