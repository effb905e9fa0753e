"""Channels that are not this one: whistleblowing and deviation reports have rules and protection of their own.

The word lists are our own reading of Norwegian usage (working environment act ch. 2 A calls it «varsling» of
«kritikkverdige forhold»; quality systems call it «avvik»). They err on the side of showing the channel: the writer
can always go on.
"""

import re
from enum import StrEnum


class Channel(StrEnum):
    """Where the text may belong instead."""

    WHISTLEBLOWING = "whistleblowing"
    DEVIATION = "deviation"


_WHISTLEBLOWING = re.compile(
    r"\b(varsl(e|er|et|ing|a|ar)\s+om|varslings\w*|kritikkverdig\w*|trakasser\w*|seksuelt?\s+krenk\w*|mobb(et|es|er|ing)"
    r"|korrupsjon|underslag|underslå\w*|bestikk\w*|smøring|lovbrudd|ulovleg\w*|ulovlig\w*|gjengjeld\w*|represali\w*"
    r"|maktmisbruk|misbruk(er|t|te|ar)?\s+av\s+(makt|stilling)|arbeidslivskriminalitet|diskriminer(t|er|es|ing|ar)"
    r"|stjeler|stjel|stjålet|stole[nt]|harass\w*|embezzl\w*|corruption|whistle\W?blow\w*|bribe\w*|bullying)",
    re.IGNORECASE,
)
_DEVIATION = re.compile(
    r"\b(avvik(et|smelding\w*|a)?|nestenulykke\w*|nesten-ulykke\w*|feilmedisiner\w*|feil\s+medisin\w*|pasientskade\w*"
    r"|fallulykke\w*|arbeidsulykke\w*|personskade\w*|uønska?\s+hending\w*|uønska?\s?hendels\w*|uønskede?\s+hendels\w*"
    r"|near\s+miss|incident\s+report)\b",
    re.IGNORECASE,
)


def other_channel(text: str) -> Channel | None:
    """The channel that a text seems to belong to, or None for an ordinary idea."""
    if _WHISTLEBLOWING.search(text):
        return Channel.WHISTLEBLOWING
    if _DEVIATION.search(text):
        return Channel.DEVIATION
    return None
