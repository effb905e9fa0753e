from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """Initiatives: accepted ideas as work that somebody carries."""

    name = "grobunn.initiatives"
    label = "initiatives"

    def ready(self) -> None:
        from grobunn.initiatives import handlers, manifest, receivers  # noqa: F401, PLC0415 -- app ready

        manifest.register()
