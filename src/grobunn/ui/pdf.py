"""Documents: a feature's Typst template and its data become a PDF that a screen reader can read (PDF/UA-1)."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.serializers.json import DjangoJSONEncoder

from grobunn.kernel import clock

# Templates import each other by addresses from here, and can read nothing above it.
SOURCES = Path(__file__).resolve().parent.parent
FONTS = Path(__file__).resolve().parent / "vendor" / "fonts"


def compile(  # noqa: A001 -- read as pdf.compile
    template: str, data: Mapping[str, Any], *, files: Mapping[str, bytes] | None = None
) -> bytes:
    """The PDF of a template.

    Takes:   template, "feature/name" for `<feature>/documents/<name>.typ`, which reads its data with
             `json(bytes(sys.inputs.data))`: as text, never as markup; files by names of ours, which it finds as
             `/files/NAME`.
    Raises:  ImproperlyConfigured where there is no such template; typst.TypstError where it lacks data.
    """
    import typst  # noqa: PLC0415 -- slow import

    feature, _, name = template.partition("/")
    path = SOURCES / feature / "documents" / f"{name}.typ"
    if not path.is_file():
        raise ImproperlyConfigured(f"There is no document {template}.")
    with TemporaryDirectory(prefix="grobunn-pdf-") as folder:
        document = typst.compile(
            str(_begun(Path(folder), path, files or {})),
            root=folder,
            font_paths=[str(FONTS)] if FONTS.is_dir() else [],
            ignore_system_fonts=FONTS.is_dir(),
            sys_inputs={"data": json.dumps(dict(data), cls=DjangoJSONEncoder)},
            pdf_standards=["ua-1"],
            timestamp=clock.now().replace(microsecond=0),
        )
    assert isinstance(document, bytes)  # noqa: S101 -- one document, no output path: the library gives its bytes
    return document


def _begun(folder: Path, template: Path, files: Mapping[str, bytes]) -> Path:
    """A document that is the template, in a folder where all templates stand as they do here, with the files beside."""
    for documents in SOURCES.glob("*/documents"):
        (folder / documents.parent.name).symlink_to(documents.parent)
    (folder / "files").mkdir()
    for name, content in files.items():
        (folder / "files" / name).write_bytes(content)
    begun = folder / "document.typ"
    begun.write_text(f'#include "/{template.relative_to(SOURCES).as_posix()}"', encoding="utf-8")
    return begun
