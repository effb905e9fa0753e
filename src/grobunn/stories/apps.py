from django.apps import AppConfig


class StoriesConfig(AppConfig):
    """Stories: the blog of each municipality."""

    name = "grobunn.stories"
    label = "stories"

    def ready(self) -> None:
        from grobunn.stories import handlers, jobs, manifest  # noqa: F401, PLC0415 -- app ready

        manifest.register()
