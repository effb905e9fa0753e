"""What a process keeps for a while: the objects themselves, not copies that are packed and unpacked each time."""

import time
from itertools import islice
from threading import Lock
from typing import Any, NamedTuple

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache


class _Kept(NamedTuple):
    value: Any
    until: float | None  # By time.time(), as Django's own timeouts are; None for ever.

    def is_over(self) -> bool:
        return self.until is not None and self.until <= time.time()


class ObjectCache(BaseCache):
    """A cache of this process alone whose values are shared: nobody changes one that was put in.

    Django's own packs each value at every reading, so that a table of all municipalities costs more than asking for it.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._kept: dict[str, _Kept] = _stores.setdefault(name, {})
        self._lock = _locks.setdefault(name, Lock())

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        kept = self._kept.get(self.make_and_validate_key(key, version=version))
        return default if kept is None or kept.is_over() else kept.value

    def set(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        made = self.make_and_validate_key(key, version=version)
        with self._lock:
            self._make_room()
            self._kept[made] = _Kept(value, self.get_backend_timeout(timeout))

    def add(self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        made = self.make_and_validate_key(key, version=version)
        with self._lock:
            kept = self._kept.get(made)
            if kept is not None and not kept.is_over():
                return False
            self._make_room()
            self._kept[made] = _Kept(value, self.get_backend_timeout(timeout))
            return True

    def touch(self, key: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        made = self.make_and_validate_key(key, version=version)
        with self._lock:
            kept = self._kept.get(made)
            if kept is None or kept.is_over():
                return False
            self._kept[made] = _Kept(kept.value, self.get_backend_timeout(timeout))
            return True

    def delete(self, key: Any, version: int | None = None) -> bool:
        made = self.make_and_validate_key(key, version=version)
        with self._lock:
            kept = self._kept.pop(made, None)
        return kept is not None and not kept.is_over()

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()

    def _make_room(self) -> None:
        """Where there is too much, forget what is over, and if that is not enough the oldest of the rest."""
        if len(self._kept) < self._max_entries:
            return
        for key in [key for key, kept in self._kept.items() if kept.is_over()]:
            del self._kept[key]
        for key in list(islice(self._kept, max(0, len(self._kept) - self._max_entries // 2))):
            del self._kept[key]


# By name, as settings give it: each thread has a cache object of its own, and all share what is kept.
_stores: dict[str, dict[str, _Kept]] = {}
_locks: dict[str, Lock] = {}
