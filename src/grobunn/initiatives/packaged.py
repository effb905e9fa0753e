"""The files that come with initiatives."""

from importlib import resources
from typing import Any

import yaml


def packaged_yaml(*path: str) -> Any:
    """A YAML file under `initiatives/data`; not to be changed by whoever reads it."""
    return yaml.safe_load(resources.files("grobunn.initiatives").joinpath("data", *path).read_bytes())
