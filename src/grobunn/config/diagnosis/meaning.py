"""What finds ideas said in other words."""

from collections.abc import Iterator

from grobunn.config.diagnosis.findings import Finding, ok, warning
from grobunn.config.environment import Environment
from grobunn.search.meaning.status import failure, status

_SUBJECT = "Meaning"
_WITHOUT = "Search compares words alone: an idea said in other words is not found."
_NOT_INSTALLED = {
    "embedded": "The model that comes along needs Linux on x86-64. Name a service with GROBUNN_MEANING=endpoint.",
    "local": "Install sentence-transformers beside Grobunn.",
}
_NO_ROOM = {
    "extension missing": "PostgreSQL lacks the extension pgvector: install it on the database server (0.8 or newer).",
    "extension too old": "PostgreSQL's extension pgvector is older than 0.8: upgrade it.",
    "extension not allowed": "Have a superuser say CREATE EXTENSION vector in this database.",
}


def meaning(_environment: Environment) -> Iterator[Finding]:
    """Whether the chosen model answers, whether its vectors can be kept, and how many texts wait for theirs."""
    told = status()
    if told.state == "off":
        yield ok(_SUBJECT, f"switched off. {_WITHOUT}")
    elif told.state == "not installed":
        yield warning(_SUBJECT, _WITHOUT, _NOT_INSTALLED[told.reason])
    elif told.state == "extension":
        yield warning(_SUBJECT, _WITHOUT, _NO_ROOM[told.reason])
    elif told.state == "unknown":
        return  # What is wrong with the database is told by its own examination.
    elif problem := failure():
        yield warning(_SUBJECT, f"{problem} {_WITHOUT}", "Check the settings that begin with GROBUNN_MEANING.")
    elif told.state == "on":
        yield ok(_SUBJECT, f"{told.model} answers, {told.waiting} texts wait for their vectors")
    else:
        before = "the model before answers meanwhile" if told.state == "changing" else "few are found meanwhile"
        yield ok(_SUBJECT, f"{told.model} is learning, {told.waiting} texts wait for their vectors; {before}")
