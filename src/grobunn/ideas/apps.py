from django.apps import AppConfig


class IdeasConfig(AppConfig):
    """Ideas: intake, routing, promise, queue, thread."""

    name = "grobunn.ideas"
    label = "ideas"

    def ready(self) -> None:
        from grobunn.ideas import handlers, manifest  # noqa: F401, PLC0415 -- app ready

        manifest.register()
