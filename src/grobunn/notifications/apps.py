from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "grobunn.notifications"
    label = "notifications"

    def ready(self) -> None:
        from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready
        from grobunn.notifications import rules  # noqa: PLC0415 -- app ready

        permissions.declare(rules.PERMISSIONS)
