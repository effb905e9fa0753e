"""The files that come with ideas."""

from importlib import resources
from typing import Any

import yaml


def packaged(*path: str) -> bytes:
    """A file under `ideas/data`."""
    return resources.files("grobunn.ideas").joinpath("data", *path).read_bytes()


def packaged_yaml(*path: str) -> Any:
    """A YAML file under `ideas/data`."""
    return yaml.safe_load(packaged(*path))
