"""Indexers to be killed: `python -m grobunn.search.tests.words.killed DATABASE FOLDER`.

For each line on standard input another one is begun, as a process of its own, and its number told. Setting up Django
takes seconds, so it is done once and each indexer is forked from there, before it has a connection or an index.
"""

import os
import sys
from pathlib import Path


def main(database: str, folder: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grobunn.config.settings_test")
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            follow(folder)
        print(child, flush=True)  # noqa: T201 -- whoever asked waits for this
        os.waitpid(child, 0)
        print("ended", flush=True)  # noqa: T201 -- and for this


def follow(folder: str) -> None:
    """Follow, step by step, until killed."""
    from grobunn.search.engine.words.files import Place
    from grobunn.search.engine.words.following import Follower

    follower = Follower(Place(Path(folder)))
    while True:
        follower.step()


if __name__ == "__main__":
    main(*sys.argv[1:])
