"""What a diagnosis finds."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How bad it is: an error must be mended before people use the service, a warning should be."""

    OK = "ok"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in plain words, and what to do about it."""

    level: Level
    subject: str
    message: str
    advice: str = ""


def ok(subject: str, message: str) -> Finding:
    """Something that is as it should be."""
    return Finding(Level.OK, subject, message)


def warning(subject: str, message: str, advice: str) -> Finding:
    """Something that should be mended."""
    return Finding(Level.WARNING, subject, message, advice)


def error(subject: str, message: str, advice: str) -> Finding:
    """Something that must be mended."""
    return Finding(Level.ERROR, subject, message, advice)
