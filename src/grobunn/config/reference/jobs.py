"""Every background job, and when it comes by itself."""

from procrastinate.contrib.django import app

from grobunn.config.reference.tables import NOTE, first_line, table


def page() -> str:
    """Our own jobs, by name."""
    times = {periodic.task.name: periodic.cron for periodic in app.periodic_registry.periodic_tasks.values()}
    ours = {name: task for name, task in app.tasks.items() if task.func.__module__.startswith("grobunn.")}
    rows = [
        (f"`{name}`", first_line(task.func.__doc__), f"`{times[name]}`" if name in times else "when asked for")
        for name, task in sorted(ours.items())
    ]
    return f"{NOTE}\n# Background jobs\n\nTimes are cron lines in UTC.\n\n{table(('job', 'does', 'when'), rows)}"
