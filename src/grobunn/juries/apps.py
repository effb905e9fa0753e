from django.apps import AppConfig


class JuriesConfig(AppConfig):
    """Juries: panels that judge entries impartially and say how sure they are."""

    name = "grobunn.juries"
    label = "juries"

    def ready(self) -> None:
        from grobunn.juries import handlers, manifest, receivers  # noqa: F401, PLC0415 -- app ready

        manifest.register()
