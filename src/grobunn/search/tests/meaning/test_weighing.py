"""What people say, and the weights that come of it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import ids
from grobunn.organisations.tests.factories import MunicipalityFactory
from grobunn.search import holdings, services
from grobunn.search.engine.interface import Hit, Ref
from grobunn.search.evaluation.judgements import judged_pairs
from grobunn.search.evaluation.tuning import Tuned
from grobunn.search.evaluation.weighing import Judged, Trial, proposed, quality
from grobunn.search.meaning.embedding import embed_waiting
from grobunn.search.meaning.fusion import Weighed
from grobunn.search.meaning.weights import AS_DELIVERED, Weights, in_use
from grobunn.search.models import Judgement
from grobunn.search.queries import similar
from grobunn.search.tests.conftest import KIND, Notes
from grobunn.search.tests.meaning.models import KnowsSynonyms


def _weighed(words: float, meaning: float | None) -> Weighed:
    hit = Hit(Ref(KIND, ids.new_id()), ids.new_id(), title="", url="", state="", state_rank=50, score=0)
    return Weighed(hit, words=words, meaning=meaning)


def test_weights_are_proposed_where_the_answer_would_come_first() -> None:
    # Words alone know the answers, and a stranger means a little more.
    tried = [Trial("own", (("own", _weighed(0.6, 0.31)), ("other", _weighed(0.0, 0.4)))) for _number in range(5)]
    now = Weights(words=0.0, lead=0.8)

    best = proposed(now, tried=tried, judged=())

    assert quality(now, tried=tried, judged=()).recall_at_1 == 0
    assert quality(best, tried=tried, judged=()).recall_at_1 == 1


def test_weights_in_use_stay_where_none_is_better() -> None:
    tried = [Trial("own", (("own", _weighed(0.9, 0.9)), ("other", _weighed(0.0, 0.4))))]

    assert proposed(AS_DELIVERED, tried=tried, judged=()) == AS_DELIVERED


def test_what_people_say_moves_the_weights() -> None:
    judged = [Judged(words=0.7, meaning=0.3, is_alike=False)] * 200
    now = Weights(words=0.5, lead=0.5)

    best = proposed(now, tried=(), judged=judged)

    assert (best.words, best.lead) == (0.0, 0.74)


@pytest.mark.django_db
def test_helped_is_remembered_once_and_told_to_whoever_said_it() -> None:
    user = UserFactory()
    one, other = Ref(KIND, ids.new_id()), Ref(KIND, ids.new_id())

    first = services.remember_helped(one, other, by=user)
    again = services.remember_helped(one, other, by=user)

    assert first.pk == again.pk
    assert Judgement.objects.count() == 1
    assert holdings.export_helped(user) == [
        {"one": f"{KIND}:{one.id}", "helped": f"{KIND}:{other.id}", "judged_at": first.judged_at.isoformat()}
    ]
    with pytest.raises(ValueError, match="the same as itself"):
        services.remember_helped(one, one, by=user)


@pytest.mark.django_db
def test_judgements_are_measured_as_the_pairs_are_now(notes: Notes, model: KnowsSynonyms) -> None:
    municipality, user = MunicipalityFactory(), UserFactory()
    one = notes.add("Medisindispenser med alarm", municipality)
    same = notes.add("Pilleboks med pip", municipality)
    words_only = notes.add("Alarm med bjelle ved brann", municipality)
    while embed_waiting():
        pass
    services.remember_helped(Ref(KIND, one.id), Ref(KIND, same.id), by=user)
    services.remember_not_same(Ref(KIND, one.id), Ref(KIND, words_only.id), by=user)
    services.remember_helped(Ref(KIND, one.id), Ref(KIND, ids.new_id()), by=user)

    helped, not_same = judged_pairs()

    assert (helped.is_alike, not_same.is_alike) == (True, False)
    assert helped.meaning > not_same.meaning
    assert helped.words == 0


@pytest.mark.django_db
def test_taken_weights_serve_from_then_on(notes: Notes, model: KnowsSynonyms) -> None:
    municipality = MunicipalityFactory()
    notes.add("Medisindispenser med alarm", municipality)
    while embed_waiting():
        pass
    assert in_use() == AS_DELIVERED

    services.take_weights(Weights(words=0.4, lead=0.7))
    services.take_weights(Weights(words=0.5, lead=0.7))

    assert in_use() == Weights(words=0.5, lead=0.7)
    assert len(similar("Pilleboks med pip", user=AnonymousUser(), municipality_id=municipality.pk)) == 1


def test_change_is_told_in_lines() -> None:
    before = quality(AS_DELIVERED, tried=(), judged=())

    lines = Tuned(AS_DELIVERED, Weights(0.3, 0.7), before, before).table().splitlines()

    assert lines[0].split() == ["now", "then"]
    assert lines[1].split()[-2:] == ["0.200", "0.300"]
    assert len(lines) == 7
