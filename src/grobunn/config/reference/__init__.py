"""The generated part of the manual: what the code declares, written down so that it cannot go stale."""

from collections.abc import Callable, Mapping

from grobunn.config.reference import api, commands, decisions, events, jobs, permissions, settings, states

PAGES: Mapping[str, Callable[[], str]] = {
    "reference/states.md": states.page,
    "reference/permissions.md": permissions.page,
    "reference/events.md": events.page,
    "reference/jobs.md": jobs.page,
    "reference/api.md": api.page,
    "reference/settings.md": settings.page,
    "reference/commands.md": commands.page,
    "api/openapi.json": api.description,
    "decisions/index.md": decisions.page,
}
