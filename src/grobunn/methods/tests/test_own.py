"""A municipality's own methods: copied, changed as editions, offered or not."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from grobunn.methods.contents import content_of, data_of, filled_in, hand_ins_in
from grobunn.methods.errors import LastOneOffered, MethodChangedMeanwhile
from grobunn.methods.models import MethodEdition, OwnMethod
from grobunn.methods.packaged import KEYS, packaged_method
from grobunn.methods.queries import editions_of, method_of, methods_offered
from grobunn.methods.services.own import make_method, save_edition, set_offered
from grobunn.methods.shapes import Method, read_method
from grobunn.methods.tests.conftest import Town


def _packaged(key: str = "prosjektveiviseren") -> Method:
    method = packaged_method(key, "nb")
    assert method is not None
    return method


def _own(town: Town, name: str = "Vår måte") -> OwnMethod:
    return make_method(town.municipality, name=name, content=data_of(_packaged()), actor=town.adviser)


def _content(own: OwnMethod, **changes: str) -> dict[str, object]:
    return {**MethodEdition.objects.get(method=own, edition=own.edition).content, **changes}


@pytest.mark.parametrize("key", KEYS)
def test_copy_through_its_form_says_the_same(key: str) -> None:
    original = _packaged(key)

    content = content_of(
        name=original.name,
        summary=original.summary,
        phases=filled_in(original),
        based_on={"source": original.source, "source_url": original.source_url},
    )

    assert read_method({**content, "key": key}, language="nb") == original


def test_hand_in_keeps_its_key_when_it_is_explained_anew() -> None:
    known = json.dumps({"Mandat for konseptfasen": "prosjektmandat"})

    found = hand_ins_in("Mandat for konseptfasen: En side.\n\nNytt ønske", known)

    assert [(each.key, each.name, each.help) for each in found] == [
        ("prosjektmandat", "Mandat for konseptfasen", "En side."),
        ("nytt-onske", "Nytt ønske", ""),
    ]


def test_make_method_is_not_offered_before_somebody_offers_it(town: Town) -> None:
    own = _own(town)
    assert [each.key for each in methods_offered(town.municipality.pk)] == list(KEYS)

    set_offered(town.municipality, key=own.key, is_offered=True, actor=town.adviser)

    assert own.key == "var-mate"
    assert [each.key for each in methods_offered(town.municipality.pk)] == [own.key, *KEYS]


def test_make_method_of_a_packaged_name_gets_a_key_of_its_own(town: Town) -> None:
    first, second = _own(town, "Veikart"), _own(town, "Veikart")

    assert (first.key, second.key) == ("veikart-2", "veikart-3")
    assert method_of(town.municipality.pk, "veikart") == packaged_method("veikart", "nb")


def test_save_edition_leaves_the_earlier_one_as_it_was(town: Town) -> None:
    own = _own(town)

    own = save_edition(own, content=_content(own, name="Vår nye måte"), seen=1, actor=town.adviser)

    first = method_of(town.municipality.pk, own.key, edition=1)
    latest = method_of(town.municipality.pk, own.key)
    assert first is not None
    assert latest is not None
    assert (first.name, latest.name, latest.edition) == ("Vår måte", "Vår nye måte", 2)
    assert [each.edition for each in editions_of(own)] == [2, 1]


def test_save_edition_that_says_the_same_makes_none(town: Town) -> None:
    own = _own(town)

    save_edition(own, content=_content(own), seen=1, actor=town.adviser)

    assert MethodEdition.objects.count() == 1


def test_second_editor_is_told_and_overwrites_nothing(town: Town) -> None:
    own = _own(town)
    save_edition(own, content=_content(own, name="Den første"), seen=1, actor=town.adviser)

    with pytest.raises(MethodChangedMeanwhile) as refused:
        save_edition(own, content=_content(own, name="Den andre"), seen=1, actor=town.adviser)

    own.refresh_from_db()
    assert (refused.value.edition, own.name, MethodEdition.objects.count()) == (2, "Den første", 2)


def test_last_method_that_is_offered_stays(town: Town) -> None:
    for key in KEYS[1:]:
        set_offered(town.municipality, key=key, is_offered=False, actor=town.adviser)

    with pytest.raises(LastOneOffered):
        set_offered(town.municipality, key=KEYS[0], is_offered=False, actor=town.adviser)

    assert [each.key for each in methods_offered(town.municipality.pk)] == [KEYS[0]]
    set_offered(town.municipality, key=KEYS[1], is_offered=True, actor=town.adviser)
    assert [each.key for each in methods_offered(town.municipality.pk)] == list(KEYS[:2])


def test_methods_are_set_up_by_those_who_may(town: Town) -> None:
    own = _own(town)

    with pytest.raises(PermissionDenied):
        _ = make_method(town.municipality, name="Min", content=data_of(_packaged()), actor=town.nurse)
    with pytest.raises(PermissionDenied):
        save_edition(own, content=_content(own, name="Min"), seen=1, actor=town.nurse)
    with pytest.raises(PermissionDenied):
        set_offered(town.municipality, key=own.key, is_offered=True, actor=town.nurse)

    own.refresh_from_db()
    assert (own.name, own.is_offered, OwnMethod.objects.count()) == ("Vår måte", False, 1)
