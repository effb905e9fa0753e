"""What of the index is mapped into a process's memory, and given back."""

import mmap
from pathlib import Path

import pytest

from grobunn.search.engine.words import reading
from grobunn.search.engine.words.files import Place
from grobunn.search.engine.words.following import Follower
from grobunn.search.engine.words.mapped import Growth, file_bytes
from grobunn.search.engine.words.reading import IndexReader

pytestmark = pytest.mark.django_db

_MANY = 32 * 2**20


@pytest.mark.skipif(file_bytes() == 0, reason="only Linux tells what is mapped")
def test_file_that_is_read_where_it_is_mapped_counts_until_it_is_given_back(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(b"1" * _MANY)
    growth = Growth(most=_MANY // 2)
    assert not growth.is_much()

    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as mapped:
        assert mapped[:].count(b"1") == _MANY
        assert growth.is_much()

    assert not growth.is_much()


def test_growth_counts_from_when_it_was_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    mapped = iter([100, 120, 60, 90, 111, 111, 111])
    monkeypatch.setattr("grobunn.search.engine.words.mapped.file_bytes", lambda: next(mapped))
    growth = Growth(most=50)

    told = [growth.is_much() for _ in range(4)]
    growth.begin()

    assert told == [False, False, False, True]
    assert not growth.is_much()


def test_index_that_has_much_mapped_is_opened_anew_and_answers_the_same(
    index_place: Place, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower.step()
    reader = IndexReader(index_place)
    first = reader.opened()
    assert reader.opened() is first

    monkeypatch.setattr(Growth, "is_much", lambda _growth: True)
    second = reader.opened()
    monkeypatch.setattr(Growth, "is_much", lambda _growth: False)

    assert second is not first
    assert second.searcher.num_docs == first.searcher.num_docs
    assert reader.opened() is second


def test_index_that_is_damaged_when_it_is_opened_anew_is_missing(
    index_place: Place, follower: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower.step()
    reader = IndexReader(index_place)
    reader.opened()
    current = index_place.current()
    assert current is not None
    (current / "meta.json").write_text("{", encoding="utf-8")
    monkeypatch.setattr(Growth, "is_much", lambda _growth: True)

    with pytest.raises(reading.IndexMissing):
        reader.opened()
