"""What a municipality begins with when it thinks about a case: the case's own steps, or the ones that always help."""

import re
from typing import TypedDict

from django.utils import translation
from django.utils.translation import gettext as _

from grobunn.cases.models import Case

STEP_LENGTH = 300
MOST_STEPS = 40
# Fewer lines in a list are an aside in the text, not a way to go.
_LEAST_LISTED = 3
_LISTED = re.compile(r"^ {0,3}(?:[-*+]|\d{1,2}[.)])\s+(\S.*)$", re.MULTILINE)
_MARKS = re.compile(r"\*\*|__|`|\[([^\]]*)\]\([^)]*\)")


class Step(TypedDict):
    """One line of an adopter's own plan."""

    text: str
    is_done: bool


def starting_steps(case: Case, *, language: str) -> list[Step]:
    """The steps that an adoption begins with, in the adopter's language where they are not the case's own.

    Returns: the lists in the section on process, if it tells its steps in lists; else what every adopter should do.
    """
    told = [_plain(line)[:STEP_LENGTH] for line in _LISTED.findall(case.process)]
    texts = told[:MOST_STEPS] if len(told) >= _LEAST_LISTED else _usual_steps(case, language=language)
    return [Step(text=text, is_done=False) for text in texts]


def _usual_steps(case: Case, *, language: str) -> list[str]:
    with translation.override(language):
        return [
            _("Read what was hard for %(municipality)s, and talk about what of it is true for us")
            % {"municipality": case.origin.name},
            _("Ask %(municipality)s what we wonder about") % {"municipality": case.origin.name},
            _("Find out what it costs us, and who pays"),
            _("Choose who owns it in the line, and tell those whom it touches"),
            _("Measure how it is today"),
            _("Try it out on a small scale"),
            _("Measure again, and decide: take into use, change or stop"),
        ]


def _plain(line: str) -> str:
    """A line of Markdown without its marks."""
    return _MARKS.sub(lambda mark: mark.group(1) or "", line).strip()
