"""This machine's index of search."""

from collections.abc import Iterator

from grobunn.config.diagnosis.findings import Finding, ok, warning
from grobunn.config.environment import Environment
from grobunn.search.engine.words.health import IndexState, index_health

_SUBJECT = "Index of search"
_MEANWHILE = "PostgreSQL answers meanwhile, slower and less forgiving."
_TOLD = {
    IndexState.MISSING: (
        f"There is none yet. {_MEANWHILE}",
        "`grobunn serve` makes it on this machine; `grobunn search rebuild` does so at once.",
    ),
    IndexState.DAMAGED: (
        f"It cannot be read. {_MEANWHILE}",
        "The indexer of `grobunn serve` sets it aside and makes it anew: see that it runs and that the disk is well.",
    ),
    IndexState.FOREIGN: (
        f"It is of another database, or too old to follow this one. {_MEANWHILE}",
        "The indexer of `grobunn serve` makes it anew: see that it runs.",
    ),
    IndexState.BEHIND: (
        "Not found yet: {waiting} of the latest changes.",
        "See that the indexer of `grobunn serve` runs, and that the disk is not full.",
    ),
}


def search_index(_environment: Environment) -> Iterator[Finding]:
    """Whether this machine's index is there, can be read and keeps up."""
    health = index_health()
    if health.state is IndexState.OK:
        yield ok(_SUBJECT, f"keeps up, changes waiting: {health.waiting}")
    elif health.state in _TOLD:
        message, advice = _TOLD[health.state]
        yield warning(_SUBJECT, message.format(waiting=health.waiting), advice)
