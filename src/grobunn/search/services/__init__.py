"""The only writers of search: import from here."""

from grobunn.search.services.index import (
    forget_not_same,
    index,
    index_many,
    index_now,
    index_waiting,
    remember_not_same,
    remove,
)

__all__ = [
    "forget_not_same",
    "index",
    "index_many",
    "index_now",
    "index_waiting",
    "remember_not_same",
    "remove",
]
