from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiscussionConfig(AppConfig):
    name = "grobunn.discussion"
    label = "discussion"
    verbose_name = _("Discussion")

    def ready(self) -> None:
        from grobunn.discussion import events, handlers, holdings, rules  # noqa: F401, PLC0415 -- app ready
        from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready

        permissions.declare(rules.PERMISSIONS)
        holdings.register()
