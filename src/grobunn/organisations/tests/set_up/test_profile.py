"""Name, logo, colour, promise and addresses."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from grobunn.organisations.models import Municipality
from grobunn.organisations.tests.set_up.steps import url

pytestmark = pytest.mark.django_db


def picture(size: tuple[int, int] = (900, 300), kind: str = "PNG") -> SimpleUploadedFile:
    written = BytesIO()
    Image.new("RGB", size, "green").save(written, kind, **({"exif": b"Exif\0\0secret place"} if kind == "JPEG" else {}))
    return SimpleUploadedFile("logo.jpg", written.getvalue())


def profile_of(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Prøvevik kommune",
        "organisation_number": "",
        "theme_colour": "",
        "default_language": "",
        **changes,
    }


def test_profile_is_changed_and_seen_at_once(here: Municipality, adviser: Client) -> None:
    sent = profile_of(theme_colour=" #0B5C6B ", default_language="nn", organisation_number="942110464")

    response = adviser.post(url("profile", here), {**sent, "logo": picture(kind="JPEG")}, follow=True)

    assert "Prøvevik kommune" in response.content.decode()
    row = Municipality.objects.get(pk=here.pk)
    assert (row.name, row.theme_colour, row.default_language) == ("Prøvevik kommune", "#0b5c6b", "nn")
    logo = Client().get(row.logo_url)
    assert logo["Content-Type"] == "image/png"
    with Image.open(BytesIO(logo.content)) as shown:
        assert (shown.format, shown.size) == ("PNG", (512, 171))
    assert b"secret place" not in logo.content


def test_logo_is_replaced_and_removed(
    here: Municipality, adviser: Client, django_capture_on_commit_callbacks: Any
) -> None:
    adviser.post(url("profile", here), profile_of(logo=picture()))
    first = Municipality.objects.get(pk=here.pk).logo

    with django_capture_on_commit_callbacks(execute=True):
        adviser.post(url("profile", here), profile_of(logo=picture()))
    second = Municipality.objects.get(pk=here.pk).logo
    assert (first.storage.exists(first.name), second.storage.exists(second.name)) == (False, True)

    adviser.post(url("profile", here), profile_of(remove_logo="on"))
    assert Municipality.objects.get(pk=here.pk).logo_url == ""
    assert Client().get(url("logo", here)).status_code == 404


@pytest.mark.parametrize(
    "unfit",
    [
        SimpleUploadedFile("logo.png", b"<svg onload='alert(1)'/>"),
        SimpleUploadedFile("logo.png", b"\x89PNG\r\n\x1a\n broken"),
        SimpleUploadedFile("logo.png", b"0" * (2 * 1024 * 1024 + 1)),
        picture((6000, 5000)),
        picture(kind="GIF"),
    ],
    ids=["svg", "broken", "heavy", "bomb", "gif"],
)
def test_logo_that_is_no_fit_picture_is_refused(here: Municipality, adviser: Client, unfit: SimpleUploadedFile) -> None:
    response = adviser.post(url("profile", here), profile_of(logo=unfit))

    assert response.status_code == 422
    assert "id_logo_error" in response.content.decode()
    row = Municipality.objects.get(pk=here.pk)
    assert (row.name, row.logo.name) == ("Prøvevik", "")


@pytest.mark.parametrize(
    ("name", "sent", "field"),
    [
        ("profile", profile_of(theme_colour="green"), "theme_colour"),
        ("profile", profile_of(organisation_number="942110465"), "organisation_number"),
        ("promise", {"answer_days": 5, "reminder_days": 6, "escalation_days": 1}, "reminder_days"),
        ("promise", {"answer_days": 0, "reminder_days": 0, "escalation_days": 1}, "answer_days"),
        ("addresses", {"whistleblowing_url": "javascript:alert(1)"}, "whistleblowing_url"),
        ("addresses", {"mailbox": "nobody"}, "mailbox"),
    ],
)
def test_unfit_values_are_refused_beside_their_field(
    here: Municipality, adviser: Client, name: str, sent: dict[str, Any], field: str
) -> None:
    before = Municipality.objects.filter(pk=here.pk).values().get()

    response = adviser.post(url(name, here), sent)

    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert Municipality.objects.filter(pk=here.pk).values().get() == before


def test_promise_and_addresses_are_changed(here: Municipality, adviser: Client) -> None:
    adviser.post(url("promise", here), {"answer_days": 15, "reminder_days": 8, "escalation_days": 2})
    adviser.post(url("addresses", here), {"mailbox": "post@prove.example", "deviation_url": "avvik.example/meld"})

    row = Municipality.objects.get(pk=here.pk)
    assert (row.answer_days, row.reminder_days, row.escalation_days) == (15, 8, 2)
    assert (row.mailbox, row.deviation_url) == ("post@prove.example", "https://avvik.example/meld")


def test_colleagues_change_is_told_and_what_one_did_not_touch_is_kept(here: Municipality, adviser: Client) -> None:
    page = adviser.get(url("promise", here)).context["form"]
    seen, days = page["seen"].value(), page["answer_days"].value()
    Municipality.objects.filter(pk=here.pk).update(answer_days=20, escalation_days=9)

    mine = {"answer_days": 12, "reminder_days": 5, "escalation_days": page["escalation_days"].value(), "seen": seen}
    told = adviser.post(url("promise", here), mine, headers={"accept-language": "en"})
    assert (told.status_code, days != 12) == (422, True)
    assert "It says now: 20." in told.content.decode()
    assert Municipality.objects.get(pk=here.pk).answer_days == 20
    adviser.post(url("promise", here), {**mine, "escalation_days": 9, "seen": told.context["form"]["seen"].value()})

    row = Municipality.objects.get(pk=here.pk)
    assert (row.answer_days, row.reminder_days, row.escalation_days) == (12, 5, 9)


def test_colleagues_change_of_another_field_stands(here: Municipality, adviser: Client) -> None:
    page = adviser.get(url("promise", here)).context["form"]
    sent = {name: page[name].value() for name in ("answer_days", "reminder_days", "escalation_days", "seen")}
    Municipality.objects.filter(pk=here.pk).update(escalation_days=9)

    answered = adviser.post(url("promise", here), {**sent, "reminder_days": 4})

    row = Municipality.objects.get(pk=here.pk)
    assert (answered.status_code, row.reminder_days, row.escalation_days) == (302, 4, 9)
