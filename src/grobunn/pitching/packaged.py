"""The files that come with pitch days."""

from importlib import resources
from typing import Any

import yaml


def packaged_yaml(*path: str) -> Any:
    """A YAML file under `pitching/data`; not to be changed by whoever reads it."""
    return yaml.safe_load(resources.files("grobunn.pitching").joinpath("data", *path).read_bytes())
