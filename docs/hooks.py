"""Serves the diagrams' script from the installed front-end packages, so that the manual asks nobody else for it."""

from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

SCRIPT = Path("node_modules/@mermaid-js/tiny/dist/mermaid.tiny.js")


def on_files(files: Files, config: Any) -> Files:
    """Add the script where the packages are installed; without it the diagrams are shown as their text."""
    if SCRIPT.exists():
        files.append(File.generated(config, "assets/mermaid.js", abs_src_path=str(SCRIPT.resolve())))
        config.extra_javascript.append("assets/mermaid.js")
    return files
