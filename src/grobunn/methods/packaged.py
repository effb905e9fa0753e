"""The methods that come with Grobunn."""

import json
from functools import cache
from importlib import resources
from typing import Any

from grobunn.methods.shapes import Method, read_method

# In the order in which they are offered.
KEYS = ("veikart", "prosjektveiviseren", "trippel-diamant")


@cache
def packaged_method(key: str, language: str) -> Method | None:
    """A method that comes with Grobunn, None if there is none of that key."""
    if key not in KEYS:
        return None
    return read_method(_data(key), language=language)


@cache
def _data(key: str) -> Any:
    return json.loads(resources.files("grobunn.methods").joinpath("data", f"{key}.json").read_text(encoding="utf-8"))
