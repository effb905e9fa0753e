from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "grobunn.search"
    label = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from grobunn.search import manifest  # noqa: PLC0415 -- app ready

        manifest.register()
