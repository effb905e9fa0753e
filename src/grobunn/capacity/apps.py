from django.apps import AppConfig


class CapacityConfig(AppConfig):
    """Capacity: what there is, who holds it, and what waits for it."""

    name = "grobunn.capacity"
    label = "capacity"

    def ready(self) -> None:
        from grobunn.capacity import handlers, manifest  # noqa: F401, PLC0415 -- app ready

        manifest.register()
