from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "grobunn.notifications"
    label = "notifications"

    def ready(self) -> None:
        from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready
        from grobunn.notifications import entries, events, kinds, rules  # noqa: F401, PLC0415 -- app ready

        permissions.declare(rules.PERMISSIONS)
        entries.register()
        kinds.register(
            kinds.Kind(
                name="notifications.mail_undelivered",
                label=_("Mails that could not be delivered"),
                description=_("When a mail that you caused could not be delivered."),
                template="notifications/notices/mail_undelivered",
                why=_("You sent the message that could not be delivered."),
            )
        )
