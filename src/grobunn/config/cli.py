"""The command `grobunn`."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

from django.core.management import execute_from_command_line
from pydantic import ValidationError

from grobunn.config import demo, embedded
from grobunn.config.bench import folder
from grobunn.config.environment import Environment, environment

# Commands that need no database, or that look after it themselves.
WITHOUT_DATABASE = frozenset(
    {
        "check_translations",
        "collectstatic",
        "compile_translations",
        "diffsettings",
        "findstatic",
        "help",
        "serve",
        "demo",
        "version",
    }
)


def main() -> None:
    """Run one command; Django's own commands answer too. The embedded database runs for as long as it is needed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grobunn.config.settings")
    # Arrays here are small. More threads wait for each other at full speed, on the cores that other requests need.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        if sys.argv[1:2] == ["demo"]:
            _enter_demo()
        with _own_folder(), _database():
            execute_from_command_line(sys.argv)
    except ValidationError as error:
        _stop(f"A setting cannot be used.\n{_settings_in_words(error)}")
    except (embedded.DatabaseNotStarted, demo.DemoIsOff, folder.NotABenchFolder) as error:
        _stop(str(error))


def _enter_demo() -> None:
    """Demo mode is a matter of settings, so it is entered before they are read."""
    if _is_demo_action():
        demo.join_running(Environment())
    else:
        demo.switch_on()


def _is_demo_action() -> bool:
    """Whether something is asked of the demonstration, such as a token, rather than that it be served."""
    return sys.argv[1:2] == ["demo"] and any(not argument.startswith("-") for argument in sys.argv[2:])


def _own_folder() -> AbstractContextManager[None]:
    """Benchmarks and evaluations fill a database and wear it out: never the one that this environment names."""
    if sys.argv[1:2] not in (["bench"], ["eval"]) or _is_question():
        return nullcontext()
    if sys.argv[1] == "bench":
        # Unless it is to be measured: what many made-up ideas mean takes a core for hours.
        os.environ.setdefault("GROBUNN_MEANING", "off")
    return folder.own_folder(sys.argv[2:])


def _database() -> AbstractContextManager[None]:
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    looks_after_it = command in WITHOUT_DATABASE and not _is_demo_action()
    if _is_question() or looks_after_it or environment().database_url:
        return nullcontext()
    return embedded.running(environment().data_dir)


def _is_question() -> bool:
    """Whether somebody only asks what there is."""
    return sys.argv[1:2] == [] or sys.argv[1].startswith("-") or not {"-h", "--help"}.isdisjoint(sys.argv)


def _settings_in_words(error: ValidationError) -> str:
    """Which settings are wrong and why, without the values: they may be secrets."""
    return "\n".join(
        f"  {'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors(include_input=False)
    )


def _stop(message: str) -> None:
    sys.stderr.write(message + "\n")
    raise SystemExit(1)
