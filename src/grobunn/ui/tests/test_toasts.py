"""Messages after an act."""

from collections.abc import Callable

from django.http import HttpRequest
from django.template.loader import render_to_string

from grobunn.ui import toasts
from grobunn.ui.toasts import Toast

Requests = Callable[..., HttpRequest]


def test_waiting_gives_each_message_with_its_kind(request_for: Requests) -> None:
    request = request_for()
    toasts.success(request, "Sent.")
    toasts.failure(request, "Not sent.")

    assert toasts.waiting(request) == [Toast(text="Sent.", kind="success"), Toast(text="Not sent.", kind="danger")]


def test_success_with_undo_carries_its_form(request_for: Requests) -> None:
    request = request_for()
    toasts.success(request, "Parked.", undo_url="/angre", undo_fields={"version": "3"})

    assert toasts.waiting(request) == [
        Toast(text="Parked.", kind="success", undo_url="/angre", undo_fields={"version": "3"})
    ]


def test_page_shows_undo_as_a_form_and_escapes_the_words(request_for: Requests) -> None:
    request = request_for()
    toasts.success(request, "<b>Parked</b>", undo_url="/angre", undo_fields={"version": '3"'})

    page = render_to_string("ui/base.html", {}, request=request)

    assert "&lt;b&gt;Parked&lt;/b&gt;" in page
    assert '<form method="post" action="/angre" data-submit-once>' in page
    assert '<input type="hidden" name="version" value="3&quot;">' in page
