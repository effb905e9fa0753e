"""Refusals of discussion, each with what the person can do next."""

from django.utils.functional import Promise


class Refused(Exception):  # noqa: N818 -- a business refusal, named for what happened
    """Something that cannot be done; `message` tells what happened and what to do next."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))
        self.message = message


class BadText(Refused):
    """A comment that cannot be kept as it is."""


class TooLate(Refused):
    """The time for changing or bringing back a comment is over."""
