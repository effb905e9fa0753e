"""The list of decision records, read from the records themselves."""

from pathlib import Path

from grobunn.config.reference.tables import NOTE, table

FOLDER = Path("docs") / "decisions"


def page() -> str:
    """Records by number, with their status."""
    rows = [_row(path) for path in sorted(FOLDER.glob("[0-9]*.md"))]
    return f"{NOTE}\n# Decisions\n\n{table(('decision', 'status'), rows)}"


def _row(path: Path) -> tuple[str, str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    title = lines[0].lstrip("# ").strip()
    status = next((line for line in lines if "Status" in line), "").replace("*", "").replace("Status:", "").strip()
    return f"[{title}]({path.name})", status
