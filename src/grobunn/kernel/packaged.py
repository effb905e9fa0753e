"""The files that come with a feature, in its folder `data`."""

from importlib import resources
from typing import Any

import yaml


def packaged(package: str, *path: str) -> bytes:
    """A file under a package's `data`. Raises: FileNotFoundError."""
    return resources.files(package).joinpath("data", *path).read_bytes()


def packaged_yaml(package: str, *path: str) -> Any:
    """The same, of YAML."""
    return yaml.safe_load(packaged(package, *path))
