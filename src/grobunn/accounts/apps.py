from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "grobunn.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from grobunn.accounts import events, holdings, navigation, receivers, rules  # noqa: F401, PLC0415 -- app ready
        from grobunn.accounts.services.tokens import bearer_of  # noqa: PLC0415 -- app ready
        from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready
        from grobunn.kernel.api import callers  # noqa: PLC0415 -- app ready

        permissions.declare(rules.PERMISSIONS)
        callers.authenticate_with(bearer_of)
        navigation.register()
        holdings.register()
