"""What `grobunn explain_similar` tells of meaning."""

from io import StringIO

import pytest
from django.core.management import call_command

from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search.engine.interface import Ref
from grobunn.search.meaning.embedding import embed_waiting
from grobunn.search.meaning.explaining import nearness
from grobunn.search.registry import Visibility
from grobunn.search.tests.conftest import KIND, Notes
from grobunn.search.tests.meaning.models import KnowsSynonyms

pytestmark = pytest.mark.django_db

PARAPHRASE = "Pilleboks som piper"


def _told(ref: Ref, text: str) -> list[str]:
    said = StringIO()
    call_command("explain_similar", ref.kind, str(ref.id), text, stdout=said)
    return said.getvalue().splitlines()


def test_explanation_tells_what_meaning_adds(notes: Notes, model: KnowsSynonyms) -> None:
    note = notes.add("Medisindispenser med alarm", MunicipalityFactory(), visibility=Visibility.MUNICIPALITY)
    while embed_waiting():
        pass
    ref = Ref(KIND, note.id)

    near = nearness(PARAPHRASE, ref)
    told = _told(ref, PARAPHRASE)

    assert near is not None
    assert near.part == "Medisindispenser med alarm"
    assert told[1].startswith("score 0.0,")
    assert told[-3].startswith(f"meaning {near.score}: cosine {near.cosine:.3f}, +")
    assert told[-2:] == ["nearest: Medisindispenser med alarm", f"together {near.score}"]


def test_explanation_says_when_there_is_no_meaning_to_tell_of(notes: Notes, model: KnowsSynonyms) -> None:
    note = notes.add("Medisindispenser med alarm", MunicipalityFactory())

    assert nearness(PARAPHRASE, Ref(KIND, note.id)) is None
    assert _told(Ref(KIND, note.id), PARAPHRASE)[-1].startswith("meaning: off or not ready")
