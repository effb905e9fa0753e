"""The cache of a process: the same object, for as long as it was put in for."""

import pytest

from grobunn.kernel.memory import ObjectCache


@pytest.fixture
def memory() -> ObjectCache:
    made = ObjectCache("test-memory", {})
    made.clear()
    return made


def test_value_is_given_back_itself(memory: ObjectCache) -> None:
    value = {"a": lambda: 1}  # Nothing that could be packed.

    memory.set("key", value)

    assert memory.get("key") is value


def test_value_whose_time_is_over_is_gone(memory: ObjectCache) -> None:
    memory.set("key", "value", timeout=-1)

    assert memory.get("key", "nothing") == "nothing"


def test_value_is_added_where_there_is_none_only(memory: ObjectCache) -> None:
    first, second = memory.add("key", "first"), memory.add("key", "second")

    assert (first, second) == (True, False)
    assert memory.get("key") == "first"


def test_value_is_kept_longer_when_touched(memory: ObjectCache) -> None:
    memory.set("key", "value", timeout=60)

    assert memory.touch("key", timeout=-1)
    assert memory.get("key") is None
    assert not memory.touch("key")


def test_number_is_counted_up(memory: ObjectCache) -> None:
    memory.set("key", 2)

    assert memory.incr("key", 3) == 5
    assert memory.get("key") == 5
    with pytest.raises(ValueError, match="not found"):
        memory.incr("other")


def test_oldest_make_room_when_it_is_full() -> None:
    memory = ObjectCache("test-small", {"OPTIONS": {"MAX_ENTRIES": 4}})
    memory.clear()

    for number in range(5):
        memory.set(str(number), number)

    assert [memory.get(str(number)) for number in range(5)] == [None, None, 2, 3, 4]
