"""Where municipalities lie, on a small map of Norway: an outline and a point each, in the units of an SVG picture."""

import csv
import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

# Transverse Mercator around the middle of the country, as maps of Norway are drawn; a unit is four kilometres.
_MIDDLE = math.radians(16)
_SCALE = 6371 / 4
WIDTH, HEIGHT = 314, 384
_LEFT, _TOP = -165.0, -1995.0


class Point(NamedTuple):
    """A place on the map, from its upper left corner."""

    x: float
    y: float


@cache
def points() -> Mapping[str, Point]:
    """The point of each municipality of today by its address name."""
    with _data("points.csv").open(encoding="utf-8") as lines:
        return {row["slug"]: _placed(float(row["longitude"]), float(row["latitude"])) for row in csv.DictReader(lines)}


@cache
def outline() -> str:
    """The outline of the mainland and the larger islands, as the data of an SVG path."""
    islands = json.loads(_data("outline.json").read_text(encoding="utf-8"))
    return "".join(_ring([_placed(longitude, latitude) for longitude, latitude in island]) for island in islands)


def _ring(ring: list[Point]) -> str:
    return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in ring) + "Z"


def _placed(longitude: float, latitude: float) -> Point:
    across, up = math.radians(longitude) - _MIDDLE, math.radians(latitude)
    x = math.atanh(math.cos(up) * math.sin(across)) * _SCALE
    y = -math.atan2(math.tan(up), math.cos(across)) * _SCALE
    return Point(round(x - _LEFT, 1), round(y - _TOP, 1))


def _data(name: str) -> resources.abc.Traversable:
    return resources.files("grobunn.organisations").joinpath("data", name)
