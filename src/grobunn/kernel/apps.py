from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "grobunn.kernel"
    label = "kernel"

    def ready(self) -> None:
        # Their jobs are known before a worker looks at them; one that came while it does would end the worker.
        from grobunn.kernel import limits  # noqa: F401, PLC0415 -- app ready
        from grobunn.kernel.api import idempotency  # noqa: F401, PLC0415 -- app ready
