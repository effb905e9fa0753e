from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """The portfolio: everything that is under way, seen together."""

    name = "grobunn.portfolio"
    label = "portfolio"

    def ready(self) -> None:
        from grobunn.portfolio import manifest  # noqa: PLC0415 -- app ready

        manifest.register()
