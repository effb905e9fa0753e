"""The index follows the database: in order, without gaps, whatever happens meanwhile."""

import threading
import time
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from grobunn.kernel import clock
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Reader, Ref, Wanted
from grobunn.search.engine.words import feed, following, health, writing
from grobunn.search.engine.words.files import FolderTaken, Place
from grobunn.search.engine.words.following import Follower, _address
from grobunn.search.engine.words.health import IndexState
from grobunn.search.engine.words.reading import reader
from grobunn.search.models import Change, Forgotten
from grobunn.search.tests.conftest import KIND, Notes, titles_of
from grobunn.search.tests.words.indexes import agrees, documents, rows_in

pytestmark = pytest.mark.django_db(transaction=True)
INSERT = """
INSERT INTO search_indexeddocument (kind, object_id, municipality_id, visibility, state, state_rank, language, themes,
                                    updated_at, url, title, title_words, text, vector, title_grams, indexed_at)
SELECT 'note', gen_random_uuid(), %s, 'public', '', 50, 'nb', '{}', now(), '/', %s, %s, '', '', '', now()
"""


def found(words: str) -> list[str]:
    return titles_of(ENGINE.find(Wanted(words=words), reader=Reader(), limit=10))


def another_connection() -> psycopg.Connection:
    return psycopg.connect(**_address())  # type: ignore[arg-type]


def wait_for_others() -> None:
    """Until everything that is under way now, also in the server's other databases, has ended: it holds the horizon."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        now = cursor.fetchone()[0]
    deadline = time.monotonic() + 60
    while feed.present().xid < now:
        assert time.monotonic() < deadline, "another transaction of the server stayed under way for a minute"
        time.sleep(0.02)


def test_what_comes_changes_and_goes_is_taken_up(notes: Notes, follower: Follower) -> None:
    municipality = MunicipalityFactory()
    kept, gone = notes.add("Sykkel", municipality), notes.add("Buss", municipality)
    follower.step()
    assert (found("sykkel"), found("buss")) == (["Sykkel"], ["Buss"])

    notes.change(kept, title="Trikk")
    ENGINE.put([notes.documents[kept.id]])
    ENGINE.remove([Ref(KIND, gone.id)])
    taken_up = follower.step()

    assert (taken_up, found("sykkel"), found("buss"), found("trikk")) == (2, [], [], ["Trikk"])
    assert agrees(follower.place.current())


def test_what_goes_is_not_found_even_before_it_is_taken_up(notes: Notes, follower: Follower) -> None:
    note = notes.add("Sykkel", MunicipalityFactory())
    follower.step()

    ENGINE.remove([Ref(KIND, note.id)])

    assert found("sykkel") == []


def test_change_that_changes_nothing_leaves_no_row(notes: Notes) -> None:
    note = notes.add("Sykkel", MunicipalityFactory())

    ENGINE.put([note])

    assert Change.objects.count() == 1


def test_deletion_by_the_database_itself_is_told_too(notes: Notes, follower: Follower) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_indexeddocument")
    follower.step()

    assert rows_in(follower.place.current()) == []


def test_transaction_that_commits_late_is_neither_waited_for_nor_missed(notes: Notes, follower: Follower) -> None:
    municipality = MunicipalityFactory()
    follower.step()
    with another_connection() as late:
        late.execute(INSERT, [municipality.pk, "Trikk", "trikk"])
        notes.add("Sykkel", municipality)
        follower.step()
        early = (found("sykkel"), found("trikk"))
        point = follower.position
        late.commit()
    wait_for_others()

    taken_up = follower.step()

    assert early == (["Sykkel"], [])
    assert (taken_up, found("trikk")) == (1, ["Trikk"])
    assert point is not None
    assert follower.position is not None
    assert point.point < follower.position.point


def test_nothing_is_missed_of_many_writers_at_once(notes: Notes, follower: Follower) -> None:
    municipality = MunicipalityFactory()
    follower.step()
    barrier = threading.Barrier(5)

    def write(writer: int) -> None:
        with another_connection() as own:
            barrier.wait()
            for number in range(12):
                own.execute(INSERT, [municipality.pk, f"Trikk {writer} {number}", f"trikk {writer} {number}"])
                if number % 3 == writer % 3:
                    own.commit()

    writers = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for writer in writers:
        writer.start()
    barrier.wait()
    while any(writer.is_alive() for writer in writers):
        follower.step()
    follower.step()

    assert len(documents()) == 48
    assert agrees(follower.place.current())


def test_feed_longer_than_a_batch_is_read_to_its_end(notes: Notes, follower: Follower) -> None:
    municipality = MunicipalityFactory()
    with connection.cursor() as cursor:
        cursor.executemany(INSERT, [[municipality.pk, f"Buss {number}", f"buss {number}"] for number in range(7)])

    read: set[int] = set()
    point, ahead, is_all = feed.Point(), {}, False
    steps = 0
    while not is_all:
        changes = feed.changes_after(point, ahead=ahead, limit=3)
        read |= changes.document_ids
        point, ahead, is_all = changes.point, dict(changes.ahead), changes.is_all
        steps += 1

    assert (read, steps) == ({document.pk for document in documents()}, 3)
    # What lies beyond a transaction that somebody else has under way is taken up ahead of the point.
    assert feed.waiting_after(point) == len(ahead)


def test_two_machines_agree(notes: Notes, follower: Follower, tmp_path: Path) -> None:
    municipality = MunicipalityFactory()
    other = Follower(Place(tmp_path / "other"))
    for number in range(20):
        note = notes.add(f"Sykkel {number}", municipality)
        if number % 3 == 0:
            follower.step()
        if number % 5 == 0:
            other.step()
        if number % 4 == 0:
            ENGINE.remove([Ref(KIND, note.id)])

    follower.step()
    other.step()
    other.close()

    assert agrees(follower.place.current())
    assert agrees(other.place.current())


def test_one_process_follows_into_a_folder(index_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "_TAKEN_SECONDS", 0.0)
    stops = iter([False, True])

    with index_place.held("follow"):
        Follower(index_place, is_stopped=lambda: next(stops)).run()

    assert index_place.current() is None
    with index_place.held("follow"), pytest.raises(FolderTaken), index_place.held("follow"):
        pass


def test_index_that_slept_too_long_is_made_anew(notes: Notes, follower: Follower) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    before = follower.place.current()
    notes.add("Buss", MunicipalityFactory())
    follower.close()
    wait_for_others()
    with clock.moved_by(days=feed.KEPT_DAYS + 1):
        feed.forget_old()
    assert (Change.objects.count(), Forgotten.objects.count()) == (0, 1)

    assert health.index_health().state is IndexState.FOREIGN
    follower.step()

    assert follower.place.current() != before
    assert agrees(follower.place.current())


def test_changes_are_kept_for_a_week(notes: Notes) -> None:
    notes.add("Sykkel", MunicipalityFactory())

    with clock.moved_to(clock.now() + timedelta(days=feed.KEPT_DAYS - 1)):
        feed.forget_old()

    assert Change.objects.count() == 1


def test_index_of_another_database_is_made_anew(
    notes: Notes, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    before = follower.place.current()
    follower.close()

    monkeypatch.setattr(feed, "identity", lambda: "restored")
    follower.step()

    assert follower.place.current() != before
    assert found("sykkel") == ["Sykkel"]


def test_database_that_was_away_is_followed_again(notes: Notes, follower: Follower) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    stops = iter([False, False, False, True])
    follower.is_stopped = lambda: next(stops, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    with another_connection() as own:
        own.execute("SELECT pg_terminate_backend(%s)", [pid])

    follower.run()
    follower.is_stopped = lambda: False
    follower.step()

    assert found("sykkel") == ["Sykkel"]


@pytest.mark.parametrize("waiting", [0, 3])
def test_health_tells_how_far_behind_the_index_is(
    notes: Notes, follower: Follower, waiting: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_MOST_WAITING", 2)
    assert health.index_health().state is IndexState.MISSING
    follower.step()

    for _each in range(waiting):
        notes.add("Sykkel", MunicipalityFactory())

    assert health.index_health() == health.IndexHealth(IndexState.BEHIND if waiting else IndexState.OK, waiting)


def test_position_is_committed_with_the_documents(notes: Notes, follower: Follower) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    folder = follower.place.current()
    assert folder is not None

    with_documents = writing.position_in(folder)

    assert with_documents == follower.position
    assert reader().opened().searcher.num_docs == 2
