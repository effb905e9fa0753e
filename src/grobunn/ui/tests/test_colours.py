"""Colours derived from a tenant's own."""

import re
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from grobunn.ui import colours
from grobunn.ui.colours import Scheme, contrast

TOKENS = Path(__file__).resolve().parents[1] / "frontend" / "css" / "tokens.css"
ANY_COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SURFACES = ("background-default", "background-tinted", "surface-default", "surface-tinted")


def unreadable(scheme: Scheme) -> list[str]:
    """Pairs of text and ground with less contrast than people need."""
    steps = scheme.steps
    pairs = [(text, ground) for text in ("text-default", "text-subtle") for ground in SURFACES]
    pairs += [("base-contrast-default", base) for base in ("base-default", "base-hover", "base-active")]
    pairs += [("base-contrast-subtle", "base-default")]
    return [f"{text} on {ground}" for text, ground in pairs if contrast(steps[text], steps[ground]) < 4.5]


@given(ANY_COLOUR)
def test_scheme_of_any_colour_is_readable_in_light(colour: str) -> None:
    assert unreadable(colours.light_scheme(colour)) == []


@given(ANY_COLOUR)
def test_scheme_of_any_colour_is_readable_in_dark(colour: str) -> None:
    assert unreadable(colours.dark_scheme(colour)) == []


@given(ANY_COLOUR)
def test_controls_of_any_colour_stand_out_from_the_page(colour: str) -> None:
    for scheme in (colours.light_scheme(colour), colours.dark_scheme(colour)):
        for control in ("base-default", "border-default"):
            assert contrast(scheme.steps[control], scheme.steps["background-default"]) >= 3


def test_scheme_keeps_a_colour_that_is_dark_enough() -> None:
    assert colours.light_scheme("#005aa0").steps["base-default"] == "#005aa0"


def test_tokens_are_the_scheme_of_grobunns_own_colour() -> None:
    written = re.findall(r"--ds-color-accent-([\w-]+): (#[0-9a-f]{6});", TOKENS.read_text(encoding="utf-8"))
    light, dark = (
        list(scheme(colours.GROBUNN).steps.items()) for scheme in (colours.light_scheme, colours.dark_scheme)
    )

    assert written == light + dark + dark


@pytest.mark.django_db
def test_theme_is_a_style_sheet_that_may_be_kept(client: Client) -> None:
    response = client.get("/ui/tema/005aa0.css")

    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert b"--ds-color-accent-base-default:#005aa0;" in response.content


@pytest.mark.django_db
@pytest.mark.parametrize("colour", ["005AA0", "red", "005aa0ff"])
def test_theme_of_no_colour_is_not_found(client: Client, colour: str) -> None:
    assert client.get(f"/ui/tema/{colour}.css").status_code == 404
