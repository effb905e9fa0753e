from django.apps import AppConfig


class PitchingConfig(AppConfig):
    """Pitch days: teams pitch, a panel decides, somebody carries it."""

    name = "grobunn.pitching"
    label = "pitching"

    def ready(self) -> None:
        from grobunn.pitching import handlers, manifest  # noqa: F401, PLC0415 -- app ready

        manifest.register()
