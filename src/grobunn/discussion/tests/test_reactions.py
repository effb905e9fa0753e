"""Applause and following."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from grobunn.discussion.models import Applause, Follow
from grobunn.discussion.queries import Reactions, applause_counts, followers_of, reactions_of
from grobunn.discussion.services import applause, follow
from grobunn.discussion.tests.conftest import KIND, Place
from grobunn.organisations.tests.factories import UnitFactory


def test_applause_counts_each_person_once(place: Place) -> None:
    one, other = place.person(), place.person()

    for _press in range(3):
        applause.applaud(place.unit, attachable=place.attachable, actor=one)
    applause.applaud(place.unit, attachable=place.attachable, actor=other)

    assert reactions_of(KIND, place.unit.pk, one) == Reactions(2, is_applauding=True, is_following=False)
    assert reactions_of(KIND, place.unit.pk, AnonymousUser()) == Reactions(2, is_applauding=False, is_following=False)
    assert applause_counts(KIND, [place.unit.pk]) == {place.unit.pk: 2}


def test_applause_taken_back_is_gone(place: Place) -> None:
    person = place.person()
    applause.applaud(place.unit, attachable=place.attachable, actor=person)

    applause.take_back(place.unit, attachable=place.attachable, actor=person)

    assert reactions_of(KIND, place.unit.pk, person) == Reactions(0, is_applauding=False, is_following=False)


def test_signed_out_neither_applaud_nor_follow(place: Place) -> None:
    with pytest.raises(PermissionDenied):
        applause.applaud(place.unit, attachable=place.attachable, actor=AnonymousUser())
    with pytest.raises(PermissionDenied):
        follow.follow(place.unit, attachable=place.attachable, actor=AnonymousUser())

    assert (Applause.objects.count(), Follow.objects.count()) == (0, 0)


def test_followers_are_those_who_follow_and_can_sign_in(place: Place) -> None:
    stays, leaves, gone = place.person(), place.person(), place.person()
    for person in (stays, leaves, gone, stays):
        follow.follow(place.unit, attachable=place.attachable, actor=person)

    follow.unfollow(place.unit, attachable=place.attachable, actor=leaves)
    gone.is_active = False
    gone.save(update_fields=["is_active"])

    assert list(followers_of(KIND, place.unit.pk)) == [stays]
    assert reactions_of(KIND, place.unit.pk, stays) == Reactions(0, is_applauding=False, is_following=True)
    assert reactions_of(KIND, place.unit.pk, leaves) == Reactions(0, is_applauding=False, is_following=False)


def test_merge_brings_the_followers_along_once(place: Place) -> None:
    into = UnitFactory(municipality=place.unit.municipality)
    one, both = place.person(), place.person()
    for person in (one, both):
        follow.make_follower(KIND, place.unit, user_id=person.pk)
    follow.make_follower(KIND, into, user_id=both.pk)

    moved = [follow.merge_followers(KIND, place.unit.pk, into) for _again in range(2)]

    assert moved == [1, 0]
    assert set(followers_of(KIND, into.pk)) == {one, both}
