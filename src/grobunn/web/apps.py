from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages that belong to no feature: front page, a municipality's own page, "my work"."""

    name = "grobunn.web"
    label = "web"

    def ready(self) -> None:
        from grobunn.web import manifest  # noqa: PLC0415 -- app ready

        manifest.register()
