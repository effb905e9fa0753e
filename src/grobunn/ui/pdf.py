"""Documents: a feature's Typst template and its data become a PDF that a screen reader can read (PDF/UA-1)."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder

from grobunn.kernel import clock

# Templates import each other by addresses from here, and can read nothing above it.
SOURCES = Path(__file__).resolve().parent.parent
FONTS = Path(__file__).resolve().parent / "vendor" / "fonts"


def compile(template: str, data: Mapping[str, Any]) -> bytes:  # noqa: A001 -- read as pdf.compile
    """The PDF of a template.

    Takes:   template, "feature/name" for `<feature>/documents/<name>.typ`, which reads its data with
             `json(bytes(sys.inputs.data))`: as text, never as markup.
    Raises:  ImproperlyConfigured where there is no such template; typst.TypstError where it lacks data.
    """
    feature, _, name = template.partition("/")
    path = SOURCES / feature / "documents" / f"{name}.typ"
    if not path.is_file():
        raise ImproperlyConfigured(f"There is no document {template}.")
    document = typst.compile(
        str(path),
        root=str(SOURCES),
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        ignore_system_fonts=FONTS.is_dir(),
        sys_inputs={"data": json.dumps(dict(data), cls=DjangoJSONEncoder)},
        pdf_standards=["ua-1"],
        timestamp=clock.now().replace(microsecond=0),
    )
    assert isinstance(document, bytes)  # noqa: S101 -- one document, no output path: the library gives its bytes
    return document
