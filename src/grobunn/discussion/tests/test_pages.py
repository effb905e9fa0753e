"""Pages of discussion: what each shows and does, and what each refuses."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.tests.factories import UserFactory
from grobunn.discussion.models import Applause, Comment, Follow
from grobunn.discussion.panel import COMMENTS_SHOWN, panel_of
from grobunn.discussion.services import comments
from grobunn.discussion.tests.conftest import KIND, Place
from grobunn.kernel import clock, ids
from grobunn.kernel.actors import ReceiptHolder
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory

HTMX = {"HTTP_HX_REQUEST": "true"}


def address(place: Place, name: str, **more: Any) -> str:
    slug = more.pop("municipality", place.unit.municipality.slug)
    kwargs = {"municipality": slug, "kind": KIND, "subject_id": place.unit.pk, **more}
    return reverse(f"discussion:{name}", kwargs=kwargs)


def write(place: Place, author: Any, text: str = "Bra tenkt!") -> Comment:
    return comments.add_comment(place.unit, attachable=place.attachable, text=text, actor=author)


def test_signed_in_writes_a_comment_once(place: Place, client: Client) -> None:
    person = place.person()
    client.force_login(person)
    sent = {"text": "Bra *tenkt*!", "comment_id": str(ids.new_id())}

    answers = [client.post(address(place, "add"), sent) for _press in range(2)]

    [comment] = Comment.objects.all()
    assert [answer["Location"] for answer in answers] == [
        f"/{place.unit.municipality.slug}/sted/{place.unit.slug}#comment-{comment.pk}"
    ] * 2
    page = client.get(address(place, "all")).content.decode()
    assert "<p>Bra <em>tenkt</em>!</p>" in page
    assert person.name in page


def test_refused_comment_stands_in_the_form(place: Place, client: Client) -> None:
    client.force_login(place.person())

    answer = client.post(address(place, "add"), {"text": "Nr. 018180 10083", "comment_id": str(ids.new_id())})

    assert answer.status_code == 422
    assert "Nr. 018180 10083" in answer.content.decode()
    assert Comment.objects.count() == 0


@pytest.mark.parametrize("name", ["add", "applaud", "follow"])
def test_signed_out_are_led_to_the_login_and_nothing_is_written(place: Place, client: Client, name: str) -> None:
    answer = client.post(address(place, name), {"text": "Hei", "on": "1", "comment_id": str(ids.new_id())})

    assert answer.status_code == 302
    assert answer["Location"].startswith("/konto/")
    assert (Comment.objects.count(), Applause.objects.count(), Follow.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("name", ["add", "applaud", "follow"])
def test_after_the_login_one_is_led_to_the_page(place: Place, client: Client, name: str) -> None:
    client.force_login(place.person())

    answer = client.get(address(place, name))

    assert answer["Location"].startswith(f"/{place.unit.municipality.slug}/sted/{place.unit.slug}")


def test_outsider_may_read_but_not_comment(place: Place, client: Client) -> None:
    write(place, place.person())
    client.force_login(UserFactory())

    answer = client.post(address(place, "add"), {"text": "Hei", "comment_id": str(ids.new_id())})

    assert answer.status_code == 403
    assert Comment.objects.count() == 1
    assert client.get(address(place, "all")).status_code == 200


@pytest.mark.parametrize("name", ["all", "add", "applaud", "follow"])
def test_hidden_object_is_not_found(place: Place, client: Client, name: str) -> None:
    client.force_login(place.person())
    place.hidden.add(place.unit.pk)

    assert client.get(address(place, name)).status_code == 404
    assert client.post(address(place, name), {"on": "1"}).status_code in {404, 405}
    assert (Applause.objects.count(), Follow.objects.count()) == (0, 0)


def test_object_is_not_found_in_another_municipality(place: Place, client: Client) -> None:
    client.force_login(place.person())

    assert client.get(address(place, "all", municipality=MunicipalityFactory().slug)).status_code == 404


def test_unknown_kind_is_not_found(place: Place, client: Client) -> None:
    assert client.get(address(place, "all").replace(f"/{KIND}/", "/nothing/")).status_code == 404


def test_comment_of_another_object_is_not_found(place: Place, client: Client) -> None:
    author = place.person()
    comment = write(place, author)
    Comment.objects.filter(pk=comment.pk).update(subject_id=ids.new_id())
    client.force_login(author)

    assert client.post(address(place, "remove", comment_id=comment.pk)).status_code == 404


def test_writer_edits(place: Place, client: Client) -> None:
    author = place.person()
    comment = write(place, author)
    client.force_login(author)

    assert "Bra tenkt!" in client.get(address(place, "edit", comment_id=comment.pk)).content.decode()
    client.post(address(place, "edit", comment_id=comment.pk), {"text": "Godt tenkt!"})

    comment.refresh_from_db()
    assert comment.text == "Godt tenkt!"


def test_others_cannot_edit(place: Place, client: Client) -> None:
    comment = write(place, place.person())
    client.force_login(place.person(Role.INNOVATION_ADVISER))

    answer = client.post(address(place, "edit", comment_id=comment.pk), {"text": "Noe annet"})

    comment.refresh_from_db()
    assert (answer.status_code, comment.text) == (403, "Bra tenkt!")


def test_writer_who_is_late_is_told(place: Place, client: Client) -> None:
    author = place.person()
    comment = write(place, author)
    client.force_login(author)

    with clock.moved_by(minutes=31):
        answer = client.post(address(place, "edit", comment_id=comment.pk), {"text": "Noe annet"})

    comment.refresh_from_db()
    assert (answer.status_code, comment.text) == (302, "Bra tenkt!")


def test_writer_removes_at_once_and_undoes(place: Place, client: Client) -> None:
    author = place.person()
    comment = write(place, author)
    client.force_login(author)

    client.post(address(place, "remove", comment_id=comment.pk))
    comment.refresh_from_db()
    assert comment.is_removed
    assert "Bra tenkt!" not in client.get(address(place, "all")).content.decode()
    client.post(address(place, "restore", comment_id=comment.pk))

    comment.refresh_from_db()
    assert not comment.is_removed


def test_moderator_gives_a_reason_that_is_shown(place: Place, client: Client) -> None:
    comment = write(place, place.person())
    client.force_login(place.person(Role.INNOVATION_ADVISER))

    refused = client.post(address(place, "remove", comment_id=comment.pk), {"reason": " "})
    assert refused.status_code == 422
    client.post(address(place, "remove", comment_id=comment.pk), {"reason": "Navngir en bruker."})

    page = client.get(address(place, "all")).content.decode()
    assert "Navngir en bruker." in page
    assert "Bra tenkt!" not in page


def test_member_cannot_remove_what_others_wrote(place: Place, client: Client) -> None:
    comment = write(place, place.person())
    client.force_login(place.person())

    answer = client.post(address(place, "remove", comment_id=comment.pk), {"reason": "Liker det ikke."})

    comment.refresh_from_db()
    assert (answer.status_code, comment.is_removed) == (403, False)


def test_pressing_applause_twice_is_one_applause(place: Place, client: Client) -> None:
    client.force_login(place.person())

    answers = [client.post(address(place, "applaud"), {"on": "1"}, **HTMX) for _press in range(2)]

    assert Applause.objects.count() == 1
    assert [b'aria-pressed="true"' in answer.content for answer in answers] == [True, True]
    assert b"<html" not in answers[0].content
    client.post(address(place, "applaud"), {"on": "0"})
    assert Applause.objects.count() == 0


def test_following_and_stopping(place: Place, client: Client) -> None:
    client.force_login(place.person())

    followed = client.post(address(place, "follow"), {"on": "1"}, **HTMX)
    assert (Follow.objects.count(), b'aria-pressed="true"' in followed.content) == (1, True)
    stopped = client.post(address(place, "follow"), {"on": "0"})

    assert (Follow.objects.count(), stopped.status_code) == (0, 302)


def rendered_panel(place: Place, actor: Any) -> str:
    request = RequestFactory().get("/")
    request.user = actor
    panel = panel_of(KIND, place.unit, actor=actor)
    template = Template(
        '{% include "discussion/_comments.html" %}{% include "discussion/_applause.html" %}'
        '{% include "discussion/_follow.html" %}'
    )
    return template.render(Context({"panel": panel, "request": request}))


def test_names_are_for_those_who_are_signed_in(place: Place) -> None:
    author = place.person(Role.UNIT_LEADER)
    write(place, author)
    comments.add_comment(place.unit, attachable=place.attachable, text="Enig", actor=author, shown_as="role")

    assert author.name in rendered_panel(place, place.person())
    for_receipt = rendered_panel(place, ReceiptHolder("7KQF-M3XD-9TPA"))
    assert author.name not in for_receipt
    assert place.unit.name in for_receipt
    assert f"?next={place.attachable.url_of(place.unit)}" in for_receipt


def test_comment_of_a_deleted_user_has_no_name(place: Place) -> None:
    author = place.person()
    write(place, author)
    name = author.name
    author.__class__.objects.filter(pk=author.pk).update(is_active=False)
    Comment.objects.update(author=None)

    page = rendered_panel(place, place.person())

    assert name not in page
    assert "Bra tenkt!" in page


def test_only_the_latest_comments_are_shown_at_first(place: Place, client: Client) -> None:
    author = place.person()
    for number in range(COMMENTS_SHOWN + 2):
        write(place, author, f"Nummer {number}.")

    panel = panel_of(KIND, place.unit, actor=author)

    assert panel.has_earlier
    assert [shown.comment.text for shown in panel.comments][::49] == ["Nummer 2.", "Nummer 51."]
    assert "Nummer 0." in client.get(address(place, "all")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_panel_asks_the_database_as_often_for_one_comment_as_for_three(
    place: Place, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _each in range(count):
        write(place, place.person())
    reader = place.person()

    # Roles, comments, applause, following.
    with django_assert_num_queries(3):
        rendered_panel(place, reader)
