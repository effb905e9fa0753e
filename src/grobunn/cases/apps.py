from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases: what was learned, told for the next one, and who took it into use."""

    name = "grobunn.cases"
    label = "cases"

    def ready(self) -> None:
        from grobunn.cases import handlers, manifest  # noqa: F401, PLC0415 -- app ready

        manifest.register()
