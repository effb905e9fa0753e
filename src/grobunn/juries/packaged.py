"""The sets of criteria that come with Grobunn."""

import json
from functools import cache
from importlib import resources
from typing import Any

from grobunn.juries.shapes import Criteria, read_criteria

# In the order in which they are offered.
KEYS = ("pitch", "kmd-innovasjonspris", "baerum-internpris")


@cache
def packaged_criteria(key: str, language: str) -> Criteria | None:
    """A set that comes with Grobunn, None if there is none of that key."""
    if key not in KEYS:
        return None
    return read_criteria(_data(key), language=language)


@cache
def _data(key: str) -> Any:
    return json.loads(resources.files("grobunn.juries").joinpath("data", f"{key}.json").read_text(encoding="utf-8"))
