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
from grobunn.search.services.judging import forget_helped, remember_helped, take_weights

__all__ = [
    "forget_helped",
    "forget_not_same",
    "index",
    "index_many",
    "index_now",
    "index_waiting",
    "remember_helped",
    "remember_not_same",
    "remove",
    "take_weights",
]
