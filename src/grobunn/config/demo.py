"""The demonstration: what each feature puts into it, and what a newcomer is told."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.urls import reverse

from grobunn.config import service
from grobunn.config.environment import Environment


class DemoIsOff(RuntimeError):  # noqa: N818 -- named for what is so
    """Something that only a demonstration has was asked for outside one."""


def switch_on() -> None:
    """Make this process and its children a demonstration, with a log that is easy on a person's eyes.

    Raises: DemoIsOff if the environment says no.
    """
    if os.environ.get("GROBUNN_DEMO", "").lower() in {"0", "false", "no", "off"}:
        raise DemoIsOff("GROBUNN_DEMO says that this is no demonstration. Use `grobunn serve`, or unset it.")
    os.environ["GROBUNN_DEMO"] = "true"
    os.environ.setdefault("GROBUNN_LOG_FORMAT", "plain")
    os.environ.setdefault("GROBUNN_LOG_LEVEL", "WARNING")


def join_running(environment: Environment) -> None:
    """Make this process part of the demonstration that runs on the same data folder.

    Raises: DemoIsOff if the service that runs there is none, or none runs and the environment does not ask for one.
    """
    running = service.running(environment.data_dir)
    if running is None and environment.demo:
        return
    if running is None or not running.is_demo:
        raise DemoIsOff(
            "Demo mode is off. Start `grobunn demo` on the same DATA_DIR, or set GROBUNN_DEMO=1 for an installation "
            "that is for demonstration only."
        )
    os.environ["GROBUNN_DEMO"] = "true"


def load(tell: Callable[[str], None]) -> None:
    """Let every feature load its part, lower floors first; each is safe to repeat."""
    for feature, load_demo in _loaders():
        started = time.monotonic()
        load_demo()
        seconds = time.monotonic() - started
        if seconds > 1:
            tell(f"· Demonstration data of {feature}: {seconds:.0f} s")
    connections.close_all()


def welcome(address: str) -> str:
    """What a newcomer can do now."""
    command = Path(sys.argv[0]).name
    grobunn = command if shutil.which(command) else ".venv/bin/grobunn"
    return f"""
Grobunn is ready at {address}

  Write an idea       {address}/trondheim/ny
  Try it as somebody  {address}{reverse("account_login")}
  Nynorsk             {address}/ulstein/
  Use the API         {address}/api/v1/docs   (a token: {grobunn} demo token nurse)

Everything is made up or public; nothing is sent. Ctrl-C stops it.
"""


def _loaders() -> Iterator[tuple[str, Callable[[], None]]]:
    for feature in reversed(settings.FEATURES):
        if feature != "grobunn.config" and find_spec(f"{feature}.demo"):
            yield feature.removeprefix("grobunn."), import_module(f"{feature}.demo").load_demo
