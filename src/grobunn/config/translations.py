"""Catalogues of translations: compiled without the system's gettext.

`python -m grobunn.config.translations` works before Django can start, which is when set-up needs it.
"""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def catalogues() -> list[Path]:
    """Every catalogue of every feature, in the order of their names."""
    return sorted(ROOT.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_all() -> list[Path]:
    """Compile the catalogues that are newer than what was compiled from them.

    Returns: the catalogues compiled.
    Effects: writes .mo files, each at once, so that a server that starts meanwhile never reads half of one.
    """
    stale = [path for path in catalogues() if not _is_compiled(path)]
    for path in stale:
        compiled = path.with_suffix(".mo")
        unfinished = path.with_suffix(".mo.new")
        polib.pofile(str(path)).save_as_mofile(str(unfinished))
        unfinished.replace(compiled)
    return stale


def _is_compiled(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns


if __name__ == "__main__":
    compile_all()
