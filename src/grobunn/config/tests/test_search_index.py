"""What `grobunn check` tells of this machine's index of search."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from grobunn.config.diagnosis.search_index import search_index
from grobunn.config.environment import Environment
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine.words import health
from grobunn.search.engine.words.files import place
from grobunn.search.engine.words.following import Follower

pytestmark = pytest.mark.django_db(transaction=True)
INSERT = """
INSERT INTO search_indexeddocument (kind, object_id, municipality_id, visibility, state, state_rank, language, themes,
                                    updated_at, url, title, title_words, text, vector, title_grams, indexed_at)
SELECT 'note', gen_random_uuid(), %s, 'public', '', 50, 'nb', '{}', now(), '/', 'Buss', 'buss', '', '', '', now()
"""


def told() -> list[tuple[str, str]]:
    return [(finding.level.value, finding.message) for finding in search_index(Environment())]


def test_index_is_told_of_from_missing_to_damaged(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_DIR, settings.SEARCH_ENGINE = tmp_path, "words"
    monkeypatch.setattr(health, "_MOST_WAITING", 0)
    missing = told()
    follower = Follower(place())
    follower.step()
    follower.close()
    well = told()
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [MunicipalityFactory().pk])
    behind = told()
    for path in (place().current() or tmp_path).glob("meta.json"):
        path.write_text("spoilt")
    damaged = told()

    meanwhile = "PostgreSQL answers meanwhile, slower and less forgiving."
    assert missing == [("warning", f"There is none yet. {meanwhile}")]
    assert well == [("ok", "keeps up, changes waiting: 0")]
    assert behind == [("warning", "Not found yet: 1 of the latest changes.")]
    assert damaged == [("warning", f"It cannot be read. {meanwhile}")]


def test_installation_without_index_is_told_nothing(settings: Any) -> None:
    settings.SEARCH_ENGINE = "postgresql"

    assert told() == []
