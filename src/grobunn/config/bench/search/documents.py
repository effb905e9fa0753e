"""Fills the benchmark's installation with many ideas that can be found, spread over the country by population.

The rows and their search documents are what the services would have written; who held an idea and what was said about
it is left out, since search asks for neither. They come while triggers rest and the large indexes are away: how fast
this goes is not what is measured.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from grobunn.config.bench.search.sentences import Sentences, Text
from grobunn.ideas.findable import document_of_idea
from grobunn.ideas.models import Contact, Idea, IdeaKind, Visibility
from grobunn.ideas.states import PUBLISHED, IdeaState
from grobunn.kernel import bulk, clock, ids
from grobunn.organisations.models import Municipality, MunicipalityKind
from grobunn.search.engine import ENGINE
from grobunn.search.models import IndexedDocument

_SEED = 3
_BATCH = 5_000
_YEARS_BACK_DAYS = 6 * 365
_PARKED_DAYS = 120
_MEMORY = "512MB"
# Out of what a reader finds: most is public, some is for the municipality, little for those who handle it.
_VISIBILITIES = {Visibility.PUBLIC: 80, Visibility.MUNICIPALITY: 15, Visibility.INTERNAL: 5}
_STATES = sorted(PUBLISHED)


@dataclass(frozen=True)
class _Places:
    municipalities: list[Municipality]
    populations: list[int]

    def one(self, pick: Random) -> Municipality:
        return pick.choices(self.municipalities, cum_weights=self.populations)[0]


def add_documents(count: int) -> None:
    """Add so many ideas with their search documents. Effects: rows; statistics of the database."""
    made = _ideas(count)
    with _large_indexes_away(), tqdm(total=count, unit=" documents", disable=None) as progress:
        while batch := list(islice(made, _BATCH)):
            with transaction.atomic(), _triggers_resting():
                bulk.insert_many(batch)
                documents = [document_of_idea(idea) for idea in batch]
                ENGINE.put([each for each in documents if each is not None], is_counted=False)
            progress.update(len(batch))
    ENGINE.recount()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def _ideas(count: int) -> Iterator[Idea]:
    pick = Random(_SEED)  # noqa: S311 -- nothing secret: the same installation every time
    places = _places()
    texts = Sentences(seed=_SEED, places=sorted({each.name for each in places.municipalities}))
    run, now = ids.new_id().hex[-6:], clock.now()
    for number in range(count):
        at = now - timedelta(minutes=pick.randint(1, _YEARS_BACK_DAYS * 24 * 60))
        yield _idea(texts.next(), places.one(pick), at=at, reference=f"{run}-{number}", pick=pick)


def _idea(text: Text, municipality: Municipality, *, at: datetime, reference: str, pick: Random) -> Idea:
    state = pick.choice(_STATES)
    return Idea(
        municipality=municipality,
        reference=f"{municipality.slug}-{reference}",
        state=state,
        state_since=at,
        title=text.title,
        text=text.text,
        kind=pick.choice(IdeaKind.values),
        visibility=pick.choices(list(_VISIBILITIES), weights=list(_VISIBILITIES.values()))[0],
        language=text.language,
        is_synthetic=True,
        submitted_at=at,
        contact=Contact.RECEIPT,
        answer_due_on=timezone.localdate(at),
        parked_until=clock.today() + timedelta(days=_PARKED_DAYS) if state == IdeaState.PARKED else None,
    )


def _places() -> _Places:
    found = list(
        Municipality.objects.filter(kind=MunicipalityKind.MUNICIPALITY, existed_to=None, population__gt=0).order_by(
            "pk"
        )
    )
    populations, people = [], 0
    for municipality in found:
        people += municipality.population or 0
        populations.append(people)
    return _Places(found, populations)


@contextmanager
def _triggers_resting() -> Iterator[None]:
    """Write without triggers for one transaction; whoever follows changes makes a new index afterwards anyway."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
    yield


@contextmanager
def _large_indexes_away() -> Iterator[None]:
    """Load first and index then: many times quicker than row by row."""
    large: list[Any] = list(IndexedDocument._meta.indexes)
    with connection.schema_editor() as editor:
        for index in large:
            editor.remove_index(IndexedDocument, index)
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [_MEMORY])
    with connection.schema_editor() as editor:
        for index in large:
            editor.add_index(IndexedDocument, index)
