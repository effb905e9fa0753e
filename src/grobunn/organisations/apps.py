from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "grobunn.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready
        from grobunn.kernel.api import scopes  # noqa: PLC0415 -- app ready
        from grobunn.organisations import events, handlers, rules  # noqa: F401, PLC0415 -- app ready

        permissions.declare(rules.PERMISSIONS)
        scopes.declare({"organisations:read": _("Read about municipalities")})
