"""The indexer killed at any moment: started again, its index is that of the database.

`GROBUNN_TEST_KILLS=200` kills it so many times; a handful does for every day.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine.words.files import Place
from grobunn.search.engine.words.following import Follower
from grobunn.search.tests.words.indexes import agrees
from grobunn.search.tests.words.test_following import INSERT

KILLS = int(os.environ.get("GROBUNN_TEST_KILLS", "10"))
CHANGE = """
UPDATE search_indexeddocument SET title = %s, title_words = %s
 WHERE id = (SELECT id FROM search_indexeddocument ORDER BY random() LIMIT 1)
"""
REMOVE = (
    "DELETE FROM search_indexeddocument WHERE id = (SELECT id FROM search_indexeddocument ORDER BY random() LIMIT 1)"
)


@pytest.fixture
def indexers(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Where indexers are begun one after the other."""
    with subprocess.Popen(
        [sys.executable, "-m", "grobunn.search.tests.words.killed", connection.settings_dict["NAME"], str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as begun:
        yield begun


def told(indexers: subprocess.Popen[str]) -> str:
    assert indexers.stdout is not None
    # The indexer's log comes by the same way, in lines of JSON.
    return next(line.strip() for line in indexers.stdout if not line.startswith("{"))


def begin(indexers: subprocess.Popen[str]) -> int:
    assert indexers.stdin is not None
    indexers.stdin.write("another\n")
    indexers.stdin.flush()
    return int(told(indexers))


def write(chance: random.Random, municipality_id: object, number: int) -> None:
    with connection.cursor() as cursor:
        kind = chance.random()
        if kind < 0.6:
            cursor.execute(INSERT, [municipality_id, f"Trikk {number}", f"trikk {number}"])
        elif kind < 0.85:
            cursor.execute(CHANGE, [f"Buss {number}", f"buss {number}"])
        else:
            cursor.execute(REMOVE)


@pytest.mark.django_db(transaction=True)
def test_index_is_that_of_the_database_however_often_the_indexer_is_killed(
    indexers: subprocess.Popen[str], tmp_path: Path
) -> None:
    chance = random.Random(7)
    municipality = MunicipalityFactory()
    place = Place(tmp_path)
    number = 0
    for _kill in range(KILLS):
        indexer = begin(indexers)
        until = time.monotonic() + chance.uniform(0.0, 0.5)
        while time.monotonic() < until:
            write(chance, municipality.pk, number)
            number += 1
        os.kill(indexer, signal.SIGKILL)
        assert told(indexers) == "ended"

    follower = Follower(place)
    follower.step()
    follower.close()

    assert place.damaged() == []
    assert agrees(place.current())
