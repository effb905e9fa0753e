"""What is misconfigured, told to an operator in words: `grobunn check`."""

from collections.abc import Callable, Iterator

from grobunn.config.diagnosis import choices, database, machine, meaning, neighbours, publishing, search_index
from grobunn.config.diagnosis.findings import Finding, Level
from grobunn.config.environment import Environment

__all__ = ["Finding", "Level", "diagnose"]

Examination = Callable[[Environment], Iterator[Finding]]

EXAMINATIONS: tuple[Examination, ...] = (
    choices.address,
    choices.secrets,
    choices.modes,
    machine.user,
    machine.data_folder,
    machine.built_files,
    machine.backups,
    database.server,
    database.work,
    database.people,
    search_index.search_index,
    meaning.meaning,
    neighbours.mail,
    database.mails,
    neighbours.sign_in,
    publishing.catalogue,
)


def diagnose(environment: Environment) -> Iterator[Finding]:
    """Look at everything, one thing after the other; nothing is changed."""
    for examine in EXAMINATIONS:
        yield from examine(environment)
