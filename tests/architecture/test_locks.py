"""The lists of locked packages: whole, hashed, free of addresses, each with its own packages alone."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LISTS = sorted((ROOT / "requirements").glob("*.txt"))


def locked(name: str) -> dict[str, int]:
    """The packages of a list, each with the number of its hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    return {re.split(r"[=\[]", entry, maxsplit=1)[0]: entry.count("--hash=sha256:") for entry in entries if entry}


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9-]", each, maxsplit=1)[0].lower() for each in requirements}


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_list_has_hashes_and_no_addresses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert [name for name, hashes in locked(path.name).items() if hashes == 0] == []
    assert re.findall(r"https?://\S+|^--.*|^-i .*", text, flags=re.MULTILINE) == []


def test_lists_hold_what_the_project_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = asked["dependency-groups"]

    assert named(asked["project"]["dependencies"]) | named(groups["build"]) <= set(locked("runtime.txt"))
    assert named(groups["dev"]) <= set(locked("dev.txt"))
    assert set(locked("node.txt")) == named(groups["node"])
