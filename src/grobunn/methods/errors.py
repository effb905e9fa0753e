"""Why a method is not changed."""

from typing import Any


class MethodRefused(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """Something about a method that cannot be. `message` tells the person what to do."""

    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


class MethodChangedMeanwhile(MethodRefused):
    """Somebody else saved a newer edition. Takes: edition, the latest."""

    def __init__(self, message: Any, *, edition: int) -> None:
        super().__init__(message)
        self.edition = edition


class LastOneOffered(MethodRefused):
    """The last method that is offered cannot be taken away: new work must have one to go by."""
