"""How it stands with meaning, for the page that tells people and for the check that tells the operator."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError

from grobunn.search.meaning import languages, providers, vectors
from grobunn.search.meaning.embedder import Embedder, EmbeddingFailed
from grobunn.search.models import LanguageModel, Unembedded

State = Literal["off", "not installed", "extension", "unknown", "beginning", "changing", "on"]


@dataclass(frozen=True)
class Status:
    """Takes: state; reason, for the operator where it is not on; model, which one is chosen; waiting, how many texts
    are not embedded yet; host, the service that texts are sent to, "" where they stay in the installation.
    """

    state: State
    reason: str = ""
    model: str = ""
    waiting: int = 0
    host: str = ""

    @property
    def is_on(self) -> bool:
        """Whether ideas in other words are found, if not all of them yet."""
        return self.state in {"beginning", "changing", "on"}


def sent_to() -> str:
    """The service that what people write is sent to while they write; "" where texts stay in the installation."""
    embedder = providers.chosen()
    return (urlsplit(settings.MEANING_URL).hostname or "") if embedder is not None and embedder.is_elsewhere else ""


def status() -> Status:
    """How it stands. Asks the database, and no model; changes nothing."""
    embedder = providers.chosen()
    if embedder is None:
        is_off = settings.MEANING == "off"
        return Status("off") if is_off else Status("not installed", reason=settings.MEANING)
    try:
        return _kept(embedder)
    except DatabaseError:
        return Status("unknown", model=embedder.id)


def _kept(embedder: Embedder) -> Status:
    room = vectors.room()
    if not room.is_there:
        return Status("extension", reason=room.reason, model=embedder.id)
    models = {row.name: row.complete_at for row in LanguageModel.objects.only("name", "complete_at")}
    is_complete = models.get(languages.name_of(embedder)) is not None
    state: State = "on" if is_complete else "changing" if any(models.values()) else "beginning"
    # A text that changed while a new model learns waits twice, and is learned once.
    waiting = Unembedded.objects.values("document_id").distinct().count()
    return Status(state, model=embedder.id, waiting=waiting, host=sent_to())


def failure() -> str:
    """What the chosen model says when it is asked now; "" if it answers. For the operator: it may take seconds."""
    embedder = providers.chosen()
    if embedder is None:
        return ""
    try:
        embedder.encode(["Svarer du?"], kind="passage")
    except EmbeddingFailed as error:
        return str(error)
    return ""
