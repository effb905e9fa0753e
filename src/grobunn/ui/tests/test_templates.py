"""What holds for every template of every feature."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grobunn.ui import icons

SOURCES = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
COMPONENTS = SOURCES / "ui" / "templates" / "ui" / "components"

# Attributes that any element may have, and htmx's, are handed on by a component that writes {{ attrs }}.
HANDED_ON = re.compile(
    r"^(id|name|value|lang|rel|download|disabled|hidden|tabindex|role|form|command|commandfor|target|aria-.*|data-.*|hx-.*)$"
)
TAG = re.compile(r"<c-(?!slot|vars)([a-z-]+)((?:[^<>\"']|\"[^\"]*\"|'[^']*'|\{%.*?%\}|\{\{.*?\}\})*?)/?>", re.DOTALL)
ATTRIBUTE = re.compile(r"""([:a-zA-Z_][\w:-]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
VARS = re.compile(r"<c-vars(.*?)/>", re.DOTALL)
SLOT = re.compile(r'<c-slot name="([a-z_]+)"')
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)


def names(text: str) -> set[str]:
    """Names of the attributes in a tag, without what template tags write around them."""
    bare = re.sub(r"\{%.*?%\}", " ", re.sub(r'"[^"]*"|\'[^\']*\'', '""', text), flags=re.DOTALL)
    return {
        name.lstrip(":").replace("-", "_") if not name.startswith(("data-", "aria-", "hx-")) else name
        for name, _ in ATTRIBUTE.findall(bare)
    }


def uses() -> Iterator[tuple[Path, str, set[str]]]:
    for path in TEMPLATES:
        for component, attributes in TAG.findall(path.read_text(encoding="utf-8")):
            yield path, component, names(attributes)


def props_of(component: str) -> tuple[set[str], bool]:
    """What a component declares, and whether it hands on what it does not know."""
    text = (COMPONENTS / f"{component.replace('-', '_')}.html").read_text(encoding="utf-8")
    declared = VARS.search(text)
    return names(declared.group(1)) if declared else set(), "{{ attrs }}" in text


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_template_holds_no_inline_style_or_script(path: Path) -> None:
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_template_opens_with_what_it_needs(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("{# Needs: ")


def test_component_uses_exist_and_pass_declared_props_only() -> None:
    wrong = []
    for path, component, given in uses():
        if not (COMPONENTS / f"{component.replace('-', '_')}.html").exists():
            wrong.append(f"{path.relative_to(SOURCES)}: there is no <c-{component}>")
            continue
        declared, hands_on = props_of(component)
        unknown = {name for name in given - declared if not (hands_on and HANDED_ON.match(name))}
        wrong += [f"{path.relative_to(SOURCES)}: <c-{component}> has no {name}" for name in sorted(unknown)]

    assert wrong == []


def test_component_is_handed_no_variable_through_an_attribute_it_does_not_declare() -> None:
    # Declared props are escaped where they are written; what is handed on as it is must be written in the template.
    wrong = []
    for path in TEMPLATES:
        for component, attributes in TAG.findall(path.read_text(encoding="utf-8")):
            declared, _ = props_of(component)
            bound = {
                name.lstrip(":").replace("-", "_") for name, _ in ATTRIBUTE.findall(attributes) if name.startswith(":")
            }
            wrong += [f"{path.relative_to(SOURCES)}: <c-{component}> :{name}" for name in sorted(bound - declared)]

    assert wrong == []


def test_names_of_attributes_are_found_between_template_tags() -> None:
    given = """ color="{% if a %}x{% endif %}" :field="form.text" {% if b %}disabled{% endif %}
        data-key="a" href='{% url "x" %}' """

    assert names(given) == {"color", "field", "disabled", "data-key", "href"}


def test_component_each_one_is_shown_in_the_gallery() -> None:
    gallery = SOURCES / "ui" / "templates" / "ui"
    shown = {component for path, component, _ in uses() if path.is_relative_to(gallery)}

    assert sorted(path.stem for path in COMPONENTS.glob("*.html") if path.stem.replace("_", "-") not in shown) == []


@pytest.mark.skipif(not icons.FOLDER.is_dir(), reason="the front end is not built (npm run build)")
def test_class_that_several_features_use_is_one_that_the_stylesheet_has() -> None:
    """A class that is gone shows nothing and fails nowhere."""
    styles = "".join(path.read_text(encoding="utf-8") for path in (SOURCES / "ui/frontend/css").rglob("*.css"))
    known = set(re.findall(r"\.([a-z][\w-]*)", styles))
    used: dict[str, set[str]] = {}
    for path in TEMPLATES:
        for written in re.findall(r'(?<![\w-])class="([^"{]*)"', path.read_text(encoding="utf-8")):
            for name in written.split():
                used.setdefault(name, set()).add(path.relative_to(SOURCES).parts[0])

    shared = {name for name, features in used.items() if len(features) > 1 and not re.match(r"ds-|.*__", name)}

    assert len(shared) > 20
    assert sorted(shared - known) == []


def test_icon_every_name_exists() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    found = set(re.findall(r'{% icon "(\w+)" %}', text)) | set(
        re.findall(r'<c-(?:icon name|[a-z-]+ [^>]*?icon)="(\w+)"', text)
    )

    assert sorted(name for name in found if not (icons.FOLDER / f"{name}.svg").exists()) == []
