"""Texts that a spreadsheet would run as a formula, made harmless in CSV files and read back as they were.

Source: OWASP, "CSV Injection" (2024): a cell that begins with one of these signs may be run when the file is opened.
"""

import re
from typing import Any

_RISKY = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(value: Any) -> Any:
    """A cell with an apostrophe before what would be run."""
    return f"'{value}" if isinstance(value, str) and _RISKY.match(value) else value


def unguarded(value: str) -> str:
    """A cell as it was before it was guarded."""
    return value[1:] if _GUARDED.match(value) else value
