"""An index that is gone or cannot be read: PostgreSQL answers, and another one is made."""

import json
import os
from pathlib import Path

import pytest

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine import ENGINE
from grobunn.search.engine.interface import Reader, Wanted
from grobunn.search.engine.words import building, following, health
from grobunn.search.engine.words.damage import IndexDamaged
from grobunn.search.engine.words.files import FolderTaken, Place
from grobunn.search.engine.words.following import Follower
from grobunn.search.engine.words.health import IndexState
from grobunn.search.engine.words.reading import IndexMissing, reader
from grobunn.search.engine.words.writing import IndexWriter, Position, position_in
from grobunn.search.tests.conftest import Notes, titles_of
from grobunn.search.tests.words.indexes import agrees, documents, rows_in

pytestmark = pytest.mark.django_db(transaction=True)


def found(words: str) -> list[str]:
    return titles_of(ENGINE.find(Wanted(words=words), reader=Reader(), limit=10))


def current(place: Place) -> Path:
    folder = place.current()
    assert folder is not None
    return folder


def spoil(folder: Path, pattern: str) -> None:
    for path in folder.glob(pattern):
        path.write_bytes(b"spoilt" * 20)


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is damaged is made anew at once, also when it was made a moment ago."""
    monkeypatch.setattr(following, "_REBUILD_SECONDS", -1.0)
    monkeypatch.setattr(following, "_POLL_SECONDS", 0.0)


def run(follower: Follower, *, steps: int) -> None:
    """As the indexer runs, for so many steps."""
    stops = iter([False] * (2 * steps) + [True] * 9)
    follower.is_stopped = lambda: next(stops)
    follower.run()
    follower.is_stopped = lambda: False


def test_postgresql_answers_where_there_is_no_index(notes: Notes, index_place: Place) -> None:
    notes.add("Sykkel", MunicipalityFactory())

    assert found("sykkel") == ["Sykkel"]
    with pytest.raises(IndexMissing):
        reader().opened()


@pytest.mark.parametrize("pattern", ["meta.json", "*.term", "*.idx", "*.fast"])
def test_damaged_index_is_set_aside_and_made_anew_while_postgresql_answers(
    notes: Notes, follower: Follower, pattern: str
) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    damaged = current(follower.place)
    follower.close()
    spoil(damaged, pattern)

    while_damaged = found("sykkel")
    run(follower, steps=4)

    assert while_damaged == ["Sykkel"]
    assert [path.name.rpartition("-")[2] for path in follower.place.damaged()] == [damaged.name[:8]]
    assert agrees(follower.place.current())
    assert reader().opened().searcher.num_docs == 2


def test_index_that_readers_complain_of_is_made_anew(notes: Notes, follower: Follower) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    before = current(follower.place)
    reader().opened()

    reader().complain("a posting list ends too early")

    assert health.index_health().state is IndexState.DAMAGED
    run(follower, steps=3)
    assert (current(follower.place) != before, health.index_health().state) == (True, IndexState.OK)
    assert found("sykkel") == ["Sykkel"]


def test_index_that_can_be_read_but_not_written_stays_in_use(
    notes: Notes, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    before = current(follower.place)
    notes.add("Buss", MunicipalityFactory())

    def full(_writer: IndexWriter, _position: Position) -> None:
        raise IndexDamaged("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(IndexWriter, "commit", full)
        run(follower, steps=2)
    kept = (current(follower.place), found("sykkel"))
    run(follower, steps=2)

    assert kept == (before, ["Sykkel"])
    assert (follower.place.damaged(), agrees(follower.place.current())) == ([], True)


def test_index_that_was_deleted_is_made_anew(notes: Notes, follower: Follower) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    follower.close()
    for path in current(follower.place).iterdir():
        path.unlink()
    current(follower.place).rmdir()

    assert found("sykkel") == ["Sykkel"]
    follower.step()

    assert agrees(follower.place.current())


def test_new_index_takes_the_place_of_the_old_one_while_it_answers(notes: Notes, follower: Follower) -> None:
    municipality = MunicipalityFactory()
    notes.add("Sykkel", municipality)
    follower.step()
    before = current(follower.place)
    told: list[int] = []
    answers: list[list[str]] = []

    def tell(count: int) -> None:
        told.append(count)
        answers.append(found("sykkel"))
        if len(told) == 1:
            notes.add("Buss", municipality)

    added = building.build(follower.place, tell=tell)
    after = current(follower.place)
    both = (found("sykkel"), found("buss"))
    follower.step()

    assert (added, told, answers) == (2, [1, 1], [["Sykkel"], ["Sykkel"]])
    assert both == (["Sykkel"], ["Buss"])
    assert (before != after, follower.writes_into) == (True, after)
    assert agrees(after)


def test_interrupted_rebuild_is_carried_on(notes: Notes, index_place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    municipality = MunicipalityFactory()
    for number in range(6):
        notes.add(f"Trikk {number}", municipality)
    monkeypatch.setattr(building, "_READ", 2)
    monkeypatch.setattr(building, "_COMMIT_EVERY", 2)
    told: list[int] = []

    def interrupt(count: int) -> None:
        told.append(count)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        building.build(index_place, tell=interrupt)
    [begun] = index_place.begun()
    stands = position_in(begun)
    change, gone = documents()[0], documents()[1]
    change.title, change.title_words = "Buss", "buss"
    change.save(update_fields=["title", "title_words"])
    gone.delete()

    added = building.build(index_place)

    assert stands is not None
    assert (index_place.current(), stands.built_to, added) == (begun, documents()[2].pk, 2)
    assert agrees(begun)


def test_rebuild_leaves_no_files_of_merged_segments(
    notes: Notes, index_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    municipality = MunicipalityFactory()
    for number in range(24):
        notes.add(f"Trikk {number}", municipality)
    monkeypatch.setattr(building, "_READ", 1)
    monkeypatch.setattr(building, "_COMMIT_EVERY", 1)

    building.build(index_place)

    folder = current(index_place)
    segments = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["segments"]
    kept = {segment["segment_id"].replace("-", "") for segment in segments}
    files = {path.name.split(".")[0] for path in folder.iterdir() if len(path.name.split(".")[0]) == 32}
    assert files == kept
    assert agrees(folder)


def test_two_rebuilds_at_once_are_refused(index_place: Place) -> None:
    with index_place.held("rebuild"), pytest.raises(FolderTaken):
        building.build(index_place)


def test_rebuild_deletes_the_old_index_that_nothing_wrote_lately(notes: Notes, index_place: Place) -> None:
    notes.add("Trikk", MunicipalityFactory())
    building.build(index_place)
    old = current(index_place)
    os.utime(old, (0, 0))

    building.build(index_place)
    recent = current(index_place)
    building.build(index_place)

    assert not old.exists()
    assert index_place.begun() == [recent]  # A reader may be opening it just now: it goes the next time.


def test_folders_out_of_use_go_and_unfinished_ones_stay(
    notes: Notes, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes.add("Sykkel", MunicipalityFactory())
    follower.step()
    old = current(follower.place)
    building.build(follower.place)
    follower.step()
    unfinished = follower.place.new_folder()
    with IndexWriter(unfinished, memory_mib=16, threads=1) as writer:
        writer.commit(Position("here", 1, 0, built_to=5))
    empty = follower.place.new_folder()

    building.tidy(follower.place)
    before = {path.name for path in follower.place.begun()}
    monkeypatch.setattr(building, "_READ_SECONDS", -1.0)
    building.tidy(follower.place)

    assert before == {old.name, unfinished.name, empty.name}
    assert follower.place.begun() == [unfinished]
    assert rows_in(follower.place.current()) == [document.pk for document in documents()]
