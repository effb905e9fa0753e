from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "grobunn.discussion"
    label = "discussion"

    def ready(self) -> None:
        from grobunn.discussion import events, rules  # noqa: F401, PLC0415 -- app ready
        from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready

        permissions.declare(rules.PERMISSIONS)
