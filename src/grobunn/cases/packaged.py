"""The files that come with cases."""

from functools import cache
from importlib import resources
from typing import Any

import yaml


@cache
def packaged_yaml(*path: str) -> Any:
    """A YAML file under `cases/data`; not to be changed by whoever reads it."""
    return yaml.safe_load(resources.files("grobunn.cases").joinpath("data", *path).read_bytes())
