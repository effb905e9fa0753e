"""The pages of the set-up as people use them."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled
from PIL import Image
from pypdf import PdfReader
from pytest_django.fixtures import DjangoAssertNumQueries

from grobunn.accounts import delegation
from grobunn.accounts.events import InvitationAccepted
from grobunn.accounts.models import User
from grobunn.accounts.privacy import export_of
from grobunn.accounts.queries import open_invitations
from grobunn.accounts.services.invitations import accept_as_new
from grobunn.accounts.services.tokens import make_service_token
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.organisations import handlers, queries
from grobunn.organisations.models import Absence, Municipality, Role, RoleAssignment, Unit
from grobunn.organisations.tests.factories import (
    AbsenceFactory,
    MunicipalityFactory,
    RoleAssignmentFactory,
    UnitFactory,
    adviser_of,
)

pytestmark = pytest.mark.django_db


def url(name: str, municipality: Municipality, **kwargs: Any) -> str:
    return reverse(f"organisations:{name}", kwargs={"municipality": municipality.slug, **kwargs})


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def here() -> Municipality:
    municipality: Municipality = MunicipalityFactory(slug="provevik", name="Prøvevik", language_form="nb")
    return municipality


@pytest.fixture
def adviser(here: Municipality) -> Client:
    return signed_in(adviser_of(here))


# --- who comes in ---------------------------------------------------------------------------------------------------

PAGES = ["set_up", "profile", "promise", "addresses", "units", "new_unit", "people", "new_role"]


def member(role: str) -> Callable[[Municipality], User]:
    return lambda municipality: RoleAssignmentFactory(unit=UnitFactory(municipality=municipality), role=role).user


ACTORS: dict[str, tuple[Callable[[Municipality], User | None], int]] = {
    "signed out": (lambda _here: None, 302),
    "without a role": (lambda _here: UserFactory(), 403),
    "operator": (lambda _here: UserFactory(is_operator=True), 403),
    "adviser elsewhere": (lambda _here: adviser_of(MunicipalityFactory()), 404),
    **{f"{role} here": (member(role), 403) for role in Role.values},
    "innovation_adviser here": (member(Role.INNOVATION_ADVISER), 200),
    "chief_exec here": (member(Role.CHIEF_EXEC), 200),
}


@pytest.mark.parametrize("actor", ACTORS)
def test_set_up_pages_open_for_adviser_and_chief_executive_only(actor: str, here: Municipality) -> None:
    make, expected = ACTORS[actor]
    user = make(here)
    client = signed_in(user) if user else Client()

    assert {name: client.get(url(name, here)).status_code for name in PAGES} == dict.fromkeys(PAGES, expected)


def test_other_municipalitys_things_are_not_found(here: Municipality, adviser: Client) -> None:
    theirs = RoleAssignmentFactory(role=Role.UNIT_LEADER)
    away = AbsenceFactory(municipality=theirs.municipality, user=theirs.user)
    role = {"person": theirs.user_id, "assignment": theirs.pk}

    for name, kwargs in (
        ("unit", {"unit": theirs.unit.slug}),
        ("poster_svg", {"unit": theirs.unit.slug}),
        ("poster_pdf", {"unit": theirs.unit.slug}),
        ("person", {"person": theirs.user_id}),
        ("absence_of", {"person": theirs.user_id}),
    ):
        assert adviser.get(url(name, here, **kwargs)).status_code == 404
    for name, kwargs in (
        ("close_unit", {"unit": theirs.unit.slug}),
        ("reopen_unit", {"unit": theirs.unit.slug}),
        ("end_role", role),
        ("go_on", role),
        ("absence_of", {"person": theirs.user_id}),
        ("back", {"absence": away.pk}),
    ):
        assert adviser.post(url(name, here, **kwargs), {"last_day": clock.today()}).status_code == 404
    with scopes_disabled():
        assert Unit.objects.get(pk=theirs.unit_id).closed_on is None
        assert RoleAssignment.objects.get(pk=theirs.pk).to_on is None
        assert Absence.objects.filter(pk=away.pk).exists()


def test_set_up_entry_is_shown_to_those_who_may(here: Municipality, adviser: Client) -> None:
    employee = signed_in(member(Role.EMPLOYEE)(here))
    page = url("absence", here)

    assert url("set_up", here) in adviser.get(page).content.decode()
    assert url("set_up", here) not in employee.get(page).content.decode()


# --- the municipality -----------------------------------------------------------------------------------------------


def test_overview_tells_what_is_missing_and_opens_the_door(here: Municipality, adviser: Client) -> None:
    Municipality.objects.filter(pk=here.pk).update(is_in_use=False)

    text = adviser.get(url("set_up", here)).content.decode()
    assert url("new_role", here) in text  # no chief executive
    assert url("start", here) in text

    adviser.post(url("start", here))
    assert Municipality.objects.get(pk=here.pk).is_in_use is True


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


# --- units ----------------------------------------------------------------------------------------------------------


def test_unit_is_added_moved_closed_and_opened_again(here: Municipality, adviser: Client) -> None:
    top = UnitFactory(municipality=here, name="Topp", slug="topp")
    sent = {"name": "Sone øst", "leader_level": 2, "mailbox": "", "external_id": ""}

    adviser.post(url("new_unit", here), {**sent, "above": ""})
    zone = queries.unit_by_slug(here.pk, "sone-ost")
    adviser.post(url("unit", here, unit="sone-ost"), {**sent, "name": "Sone Øst", "above": str(top.pk)})
    zone.refresh_from_db()
    assert (zone.name, zone.parent_id) == ("Sone Øst", top.pk)

    refused = adviser.post(url("close_unit", here, unit="topp"), follow=True)
    assert queries.unit_by_slug(here.pk, "topp").closed_on is None
    assert 'data-color="danger"' in refused.content.decode()

    closed = adviser.post(url("close_unit", here, unit="sone-ost"), follow=True)
    assert queries.unit_by_slug(here.pk, "sone-ost").closed_on == clock.today()
    assert url("reopen_unit", here, unit="sone-ost") in closed.content.decode()

    adviser.post(url("reopen_unit", here, unit="sone-ost"))
    assert queries.unit_by_slug(here.pk, "sone-ost").closed_on is None


def test_unit_page_does_not_offer_places_below_itself(here: Municipality, adviser: Client) -> None:
    top = UnitFactory(municipality=here)
    below = UnitFactory(municipality=here, parent=top)

    response = adviser.post(
        url("unit", here, unit=top.slug), {"name": "Topp", "leader_level": 1, "above": str(below.pk)}
    )

    assert response.status_code == 422
    assert 'id="id_above_error"' in response.content.decode()
    assert queries.unit_by_slug(here.pk, top.slug).parent_id is None


def test_new_unit_with_taken_id_is_refused_beside_the_field(here: Municipality, adviser: Client) -> None:
    UnitFactory(municipality=here, external_id="7")

    response = adviser.post(url("new_unit", here), {"name": "Ny", "leader_level": 1, "external_id": "7"})

    assert response.status_code == 422
    assert 'id="id_external_id_error"' in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_units_page_costs_the_same_for_one_and_three(
    here: Municipality, adviser: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count - 1):
        RoleAssignmentFactory(unit=UnitFactory(municipality=here), role=Role.UNIT_LEADER)

    adviser.get(url("set_up", here))  # the municipality is known to the process

    with django_assert_num_queries(5):  # session, user, roles, leaders, units
        adviser.get(url("units", here))


def test_poster_leads_to_the_units_box_in_the_municipalitys_language(here: Municipality) -> None:
    Municipality.objects.filter(pk=here.pk).update(language_form="nn", answer_days=12)
    unit = UnitFactory(municipality=here, slug="heimetenesta", name="Heimetenesta #1 *øst*")
    employee = signed_in(member(Role.EMPLOYEE)(here))

    pdf = employee.get(url("poster_pdf", here, unit="heimetenesta"))
    svg = employee.get(url("poster_svg", here, unit="heimetenesta"))

    (page,) = PdfReader(BytesIO(pdf.content)).pages
    text = page.extract_text()
    assert "/provevik/heimetenesta/ny" in text
    assert unit.name in text
    assert "12" in text
    assert svg["Content-Type"] == "image/svg+xml"
    assert svg.content.startswith(b"<svg")
    assert Client().get(url("poster_pdf", here, unit="heimetenesta")).status_code == 302


# --- people ---------------------------------------------------------------------------------------------------------


def role_sent(unit: Unit, email: str) -> dict[str, Any]:
    first_day = clock.today().isoformat()
    return {"name": "Liv", "email": email, "role": Role.UNIT_LEADER, "unit": str(unit.pk), "from_on": first_day}


def test_role_is_given_to_somebody_known_and_ended_and_goes_on(here: Municipality, adviser: Client) -> None:
    unit = UnitFactory(municipality=here)
    liv = UserFactory(email="liv@prove.example")

    adviser.post(url("new_role", here), role_sent(unit, "Liv@prove.example"))
    with scope(municipality=here.pk):
        given = RoleAssignment.objects.get(user=liv)
    again = adviser.post(url("new_role", here), role_sent(unit, "liv@prove.example"))
    assert (again.status_code, 'id="id_role_error"' in again.content.decode()) == (422, True)

    kwargs = {"person": liv.pk, "assignment": given.pk}
    adviser.post(url("end_role", here, **kwargs), {"last_day": clock.today().isoformat()})
    given.refresh_from_db()
    assert given.to_on == clock.today()
    adviser.post(url("go_on", here, **kwargs))
    given.refresh_from_db()
    assert given.to_on is None


def test_somebody_new_is_invited_and_gets_the_role_on_joining(here: Municipality, adviser: Client) -> None:
    unit = UnitFactory(municipality=here)

    adviser.post(url("new_role", here), role_sent(unit, "liv@prove.example"))
    page = adviser.get(url("people", here)).content.decode()
    assert "liv@prove.example" in page
    assert not User.objects.filter(email="liv@prove.example").exists()

    (invitation,) = open_invitations(here.pk)
    liv = accept_as_new(invitation, name="Liv", password="langt og hemmelig 1")
    run_jobs()
    assert queries.roles_of(liv).has(Role.UNIT_LEADER, municipality_id=here.pk)
    handlers.give_role_of_invitation(
        InvitationAccepted(
            invitation_id=invitation.pk,
            user_id=liv.pk,
            municipality_id=here.pk,
            invited_by_id=None,
            payload=invitation.payload,
        )
    )
    with scope(municipality=here.pk):
        assert RoleAssignment.objects.filter(user=liv).count() == 1


def test_invitation_is_withdrawn_here_and_not_from_elsewhere(here: Municipality, adviser: Client) -> None:
    adviser.post(url("new_role", here), role_sent(UnitFactory(municipality=here), "liv@prove.example"))
    (invitation,) = open_invitations(here.pk)
    elsewhere: Municipality = MunicipalityFactory()

    theirs = signed_in(adviser_of(elsewhere)).post(url("withdraw", elsewhere, invitation=invitation.pk))
    assert (theirs.status_code, open_invitations(here.pk).count()) == (404, 1)
    adviser.post(url("withdraw", here, invitation=invitation.pk))
    assert open_invitations(here.pk).count() == 0


def test_program_of_a_municipality_is_a_member_and_never_holds_work(here: Municipality, adviser: Client) -> None:
    adviser_user = User.objects.get(pk=adviser.session["_auth_user_id"])
    made = make_service_token(
        municipality_id=here.pk, name="Intranett", scopes=["organisations:read"], days=30, made_by=adviser_user
    )
    run_jobs()
    program = made.token.user

    assert queries.is_member(program, here.pk)
    with scope(municipality=here.pk):
        unit = RoleAssignment.objects.get(user=program).unit
    assert queries.holder_of(Role.EMPLOYEE, unit, municipality=here).user == adviser_user


def test_person_reads_what_is_held_about_them(here: Municipality) -> None:
    leader = RoleAssignmentFactory(unit=UnitFactory(municipality=here, name="Skole"), role=Role.UNIT_LEADER).user
    AbsenceFactory(municipality=here, user=leader)

    held = export_of(leader)["organisations"]

    assert [(each["unit"], each["role"], each["to"]) for each in held["roles"]] == [("Skole", "unit_leader", None)]
    assert [(each["municipality"], each["has_stand_in"]) for each in held["absences"]] == [("Prøvevik", False)]


def test_adviser_may_hand_out_access_for_own_municipality_only(here: Municipality) -> None:
    assert delegation.municipalities_of(adviser_of(here)) == {here.pk: "Prøvevik"}
    assert delegation.municipalities_of(member(Role.UNIT_LEADER)(here)) == {}


def test_role_in_another_municipalitys_unit_is_refused(here: Municipality, adviser: Client) -> None:
    theirs = UnitFactory()

    response = adviser.post(
        url("new_role", here),
        {"name": "A", "email": "a@b.example", "role": Role.EMPLOYEE, "unit": str(theirs.pk), "from_on": clock.today()},
    )

    assert response.status_code == 422
    assert not User.objects.filter(email="a@b.example").exists()


def test_people_are_found_by_name_unit_and_role(here: Municipality, adviser: Client) -> None:
    unit = UnitFactory(municipality=here)
    RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER, user=UserFactory(name="Berit Prøve"))
    RoleAssignmentFactory(unit=unit, role=Role.EMPLOYEE, user=UserFactory(name="Arne Prøve"))
    long_gone = clock.today() - timedelta(days=31)
    RoleAssignmentFactory(unit=unit, user=UserFactory(name="Gone"), from_on=long_gone, to_on=long_gone)

    def names(**chosen: Any) -> list[str]:
        found = adviser.get(url("people", here), chosen).context["found"]
        return [row.user.name for row in found.rows]

    assert names(unit=str(unit.pk)) == ["Arne Prøve", "Berit Prøve"]
    assert names(q="berit") == ["Berit Prøve"]
    assert names(unit=str(unit.pk), role=Role.EMPLOYEE) == ["Arne Prøve"]
    assert names(q="gone") == []
    assert adviser.get(url("people", here), {"cursor": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_people_page_costs_the_same_for_one_and_three(
    here: Municipality, adviser: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count - 1):
        RoleAssignmentFactory(unit=UnitFactory(municipality=here))

    adviser.get(url("set_up", here))  # the municipality is known to the process

    with django_assert_num_queries(6):  # session, user, roles, units, people, invitations
        adviser.get(url("people", here))


# --- absence --------------------------------------------------------------------------------------------------------


def test_everybody_sets_and_removes_their_own_absence(here: Municipality) -> None:
    unit = UnitFactory(municipality=here)
    leader = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
    stand_in = RoleAssignmentFactory(unit=unit).user
    client = signed_in(leader)
    today = clock.today()

    sent = {"from_on": today, "to_on": today + timedelta(days=7), "stand_in": stand_in.email.upper()}
    page = client.post(url("absence", here), sent, follow=True).content.decode()
    assert stand_in.name in page
    with scope(municipality=here.pk):
        absence = Absence.objects.get(user=leader)
    assert absence.stand_in == stand_in

    other = signed_in(stand_in)
    assert other.post(url("back", here, absence=absence.pk)).status_code == 403
    client.post(url("back", here, absence=absence.pk))
    with scope(municipality=here.pk):
        assert not Absence.objects.exists()


def test_adviser_sets_absence_for_somebody_who_fell_ill(here: Municipality, adviser: Client) -> None:
    leader = RoleAssignmentFactory(unit=UnitFactory(municipality=here), role=Role.UNIT_LEADER).user
    today = clock.today()

    adviser.post(url("absence_of", here, person=leader.pk), {"from_on": today, "to_on": today, "stand_in": ""})

    with scope(municipality=here.pk):
        assert [row.user for row in queries.away_today(here.pk)] == [leader]


def test_stand_in_from_elsewhere_is_refused_beside_the_field(here: Municipality) -> None:
    client = signed_in(member(Role.EMPLOYEE)(here))
    outsider = RoleAssignmentFactory().user
    today = clock.today()

    response = client.post(url("absence", here), {"from_on": today, "to_on": today, "stand_in": outsider.email})

    assert response.status_code == 422
    assert 'id="id_stand_in_error"' in response.content.decode()
