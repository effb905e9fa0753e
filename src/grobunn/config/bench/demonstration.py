"""The demonstration, which every benchmark but that of panels begins with."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from grobunn.config import demo, preparation
from grobunn.config.bench import folder

Tell = Callable[[str], None]


def lay_out(*, tell: Tell) -> None:
    """Have the demonstration in the folder, and remember that it is there: another benchmark goes on from it.

    Effects: database, static files, the folder's mark.
    """
    data_dir = Path(settings.DATA_DIR)
    held = folder.read_mark(data_dir)
    preparation.prepare()
    if held.items() >= folder.DEMONSTRATION.items():
        return
    tell("· The demonstration")
    demo.load(tell)
    folder.write_mark(data_dir, {**held, **folder.DEMONSTRATION})
