"""The files that come with stories."""

from importlib import resources
from typing import Any

import yaml


def packaged_yaml(*path: str) -> Any:
    """A YAML file under `stories/data`."""
    return yaml.safe_load(resources.files("grobunn.stories").joinpath("data", *path).read_bytes())
