"""The files that come with programmes."""

from importlib import resources
from typing import Any

import yaml


def packaged_yaml(*path: str) -> Any:
    """A YAML file under `programmes/data`; not to be changed by whoever reads it."""
    return yaml.safe_load(resources.files("grobunn.programmes").joinpath("data", *path).read_bytes())
