"""The demonstration, served from the wheel that is installed elsewhere: one command, one token."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.conftest import Prepared, Service, eventually


@pytest.fixture(scope="module")
def demo(prepared: Prepared, unpacked_wheel: Path) -> Iterator[Service]:
    made = Service(prepared("demo"), command=("demo",), sources=unpacked_wheel)
    made.start()
    try:
        made.wait_until_ready()
        yield made
    finally:
        made.end()


def test_demo_tells_where_it_is_and_what_to_try(demo: Service) -> None:
    assert eventually(lambda: f"Grobunn is ready at http://127.0.0.1:{demo.port}" in demo.output())
    assert demo.get("/trondheim/ny").status == 200


def test_wheel_brings_the_pages_their_looks_and_words(demo: Service) -> None:
    page = demo.get("/trondheim/ny").body.decode()
    linked = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', page)

    assert "Hva er ideen din?" in page
    assert len(linked) >= 2
    assert {demo.get(address).status for address in linked} == {200}


def test_wheel_leaves_tests_and_front_end_sources_behind(unpacked_wheel: Path) -> None:
    inside = unpacked_wheel / "grobunn"
    names = {path.relative_to(inside).as_posix() for path in inside.rglob("*")}

    assert {name for name in names if {"tests", "frontend", "testing.py"} & set(name.split("/"))} == set()
    assert {"config/cli.py", "ui/static/dist", "ideas/locale/nb/LC_MESSAGES/django.mo"} <= names


def test_token_of_a_persona_opens_the_api(demo: Service) -> None:
    made = demo.run("demo", "token", "nurse")

    assert made.returncode == 0, made.stderr
    token = made.stdout.strip()
    answer = demo.get("/api/v1/municipalities/trondheim/ideas", Authorization=f"Bearer {token}")
    assert answer.status == 200


def test_token_of_an_unknown_persona_names_those_there_are(demo: Service) -> None:
    refused = demo.run("demo", "token", "mayor")

    assert refused.returncode == 1
    assert "chief-executive" in refused.stderr


def test_token_without_a_demonstration_is_refused(demo: Service, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = Service(tmp_path_factory.mktemp("elsewhere") / "data")

    refused = elsewhere.run("demo", "token", "nurse")

    assert refused.returncode == 1
    assert "Demo mode is off" in refused.stderr


def test_demo_against_the_settings_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    forbidden = Service(tmp_path_factory.mktemp("forbidden") / "data", settings={"GROBUNN_DEMO": "false"})

    refused = forbidden.run("demo")

    assert refused.returncode == 1
    assert "no demonstration" in refused.stderr
