"""Inviting: by hand, the leaders of units, a file of 500; the answer, the line, and an account that comes later."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from grobunn.accounts.models import Invitation
from grobunn.accounts.services.users import delete_user, ensure_user
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.testing import sent_mails
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory
from grobunn.programmes.answering import answer_page
from grobunn.programmes.models import Cohort, Enrolment, EnrolmentFile
from grobunn.programmes.services import changing, inviting
from grobunn.programmes.services.enrolling import Invitee, invite
from grobunn.programmes.services.retention import forget_enrolments
from grobunn.programmes.tests.conftest import signed_in
from grobunn.programmes.tests.factories import make_participant, make_run

pytestmark = pytest.mark.django_db

RUN = "ledelsesskolen/kull-1/"
HEADS = "e-post;navn;enhet;ledernivå;organisasjon\n"


def _send(school, rows, **given):
    file = SimpleUploadedFile("ledere.csv", (HEADS + rows).encode())
    answer = school.send(school.adviser, f"{RUN}deltakere/inviter/fil/", file=file, **given)
    assert answer.status_code == 302
    return answer.url.split("/programmer/")[1]


def test_a_file_of_500_is_tried_then_imported_and_sent_again_does_nothing(school):
    make_run(school.municipality, by=school.adviser, places=498)
    rows = "".join(f"leder{n}@test.example;Leder {n};{school.unit.name};2;\n" for n in range(500))
    preview = _send(school, rows, takes_in="on")

    shown = school.page(school.adviser, preview).content.decode()
    assert Enrolment.objects.count() == 0
    assert '<span class="stat__value">498</span>' in shown

    school.send(school.adviser, preview)
    again = school.page(school.adviser, _send(school, rows)).content.decode()

    states = Enrolment.objects.order_by("state").values_list("state", flat=True)
    assert (len(states), list(states).count("enrolled"), list(states).count("waiting")) == (500, 498, 2)
    assert "Everybody in the file is known already" in again


def test_errors_are_told_row_by_row_and_nothing_is_imported(school):
    make_run(school.municipality, by=school.adviser)
    rows = f"kari@test.example;Kari;{school.unit.name};2;\nikke-adresse;Ola;Finnes ikke;x;\nkari@test.example;Kari;;;\n"
    preview = _send(school, rows)

    shown = school.page(school.adviser, preview).content.decode()
    school.send(school.adviser, preview)

    assert "“ikke-adresse” is no e-mail address." in shown
    assert "There is no unit called “Finnes ikke”" in shown
    assert "The leader level is a number from 1 to 9." in shown
    assert "The same address stands in row 2." in shown
    assert Enrolment.objects.count() == 0


def test_a_file_is_forgotten_after_a_day(school):
    make_run(school.municipality, by=school.adviser)
    _send(school, "kari@test.example;Kari;;;\n")

    with clock.moved_by(hours=25):
        inviting.forget_files()

    assert not EnrolmentFile.objects.exists()


def test_leaders_of_a_unit_and_below_by_level(school):
    make_run(school.municipality, by=school.adviser)
    below = UnitFactory(municipality=school.municipality, parent=school.unit, leader_level=3)
    lower = RoleAssignmentFactory(unit=below, role=Role.DEPT_LEADER).user
    page = f"{RUN}deltakere/inviter/ledere/"

    shown = school.page(school.adviser, f"{page}?unit={school.unit.pk}&levels=3").content.decode()
    school.send(school.adviser, page, unit=str(school.unit.pk), levels="3")

    assert lower.name in shown
    assert school.leader.name not in shown
    assert list(Enrolment.objects.values_list("user", "leader_level")) == [(lower.pk, 3)]


def test_who_has_no_account_answers_by_the_link_and_is_let_in_to_their_cohort(school):
    cohort = make_run(school.municipality, by=school.adviser)
    school.send(
        school.adviser,
        f"{RUN}deltakere/inviter/",
        name="Ann",
        email="Ann@startup.example",
        organisation="Startup",
    )
    run_jobs()
    ann = Enrolment.objects.get(cohort=cohort)
    assert ann.is_external
    assert answer_page(ann) in sent_mails("ann@startup.example")[0].text

    signed_in(None).post(answer_page(ann), {"svar": "ja"})
    run_jobs()

    ann.refresh_from_db()
    assert ann.state == "enrolled"
    assert Invitation.objects.get().payload == {"enrolment": str(ann.pk)}
    account = ensure_user(email="ann@startup.example", name="Ann")
    ann.refresh_from_db()
    assert ann.user == account
    assert school.page(account, RUN).status_code == 200
    assert signed_in(account).get(f"/{school.municipality.slug}/initiativ/").status_code == 403


def test_a_link_that_is_not_ours_leads_nowhere(school):
    make_run(school.municipality, by=school.adviser)

    assert signed_in(None).get(school.at("svar/abc:def/")).status_code == 404


def test_the_line_moves_up_and_is_told(school):
    cohort = make_run(school.municipality, by=school.adviser, places=1)
    make_participant(cohort, by=school.adviser, user=school.leader)
    waiting = make_participant(cohort, by=school.adviser, user=school.nurse)
    run_jobs()

    shown = school.page(school.nurse, f"{RUN}min-plass/").content.decode()
    school.send(school.leader, f"{RUN}min-plass/", svar="trekk")
    run_jobs()

    waiting.refresh_from_db()
    assert "You stand in line as number 1." in shown
    assert waiting.state == "enrolled"
    assert Notice.objects.filter(kind="programmes.place", recipient=school.nurse).count() == 2


def test_more_places_let_those_in_line_in(school):
    cohort = make_run(school.municipality, by=school.adviser, places=1)
    make_participant(cohort, by=school.adviser)
    waiting = make_participant(cohort, by=school.adviser)

    changing.change(cohort, version=None, actor=school.adviser, fields={"places": 2})

    waiting.refresh_from_db()
    assert waiting.state == "enrolled"


def test_nobody_answers_for_another(school):
    cohort = make_run(school.municipality, by=school.adviser)
    make_participant(cohort, by=school.adviser, user=school.leader)

    answer = school.send(school.nurse, f"{RUN}min-plass/", svar="trekk")

    assert answer.status_code == 404
    assert Enrolment.objects.get().state == "enrolled"


def test_invited_while_planned_are_asked_when_it_opens_and_once(school):
    cohort = make_run(school.municipality, by=school.adviser)
    planned = changing.copy_cohort(cohort, name="Kull 2", begins_on=clock.today(), actor=school.adviser)
    invite(planned, [Invitee(name=school.leader.name, email=school.leader.email)], actor=school.adviser)
    run_jobs()
    assert not Notice.objects.filter(kind="programmes.invited").exists()

    changing.step(planned, "open", actor=school.adviser)
    run_jobs()
    changing.step(planned, "begin", actor=school.adviser)
    run_jobs()

    assert Notice.objects.filter(kind="programmes.invited", recipient=school.leader).count() == 1


def test_participants_are_for_those_who_run_or_lead_it(school):
    cohort = make_run(school.municipality, by=school.adviser)
    make_participant(cohort, by=school.adviser, user=school.leader)

    assert school.page(school.leader, f"{RUN}deltakere/").status_code == 403
    csv = school.page(school.adviser, f"{RUN}deltakere/?format=csv&tilstand=enrolled")
    assert school.leader.email in b"".join(csv.streaming_content).decode()
    none = school.page(school.adviser, f"{RUN}deltakere/?ord=finnesikke").content.decode()
    assert "Nobody to show here" in none


def test_places_of_several_are_ended_at_once(school):
    cohort = make_run(school.municipality, by=school.adviser)
    people = [make_participant(cohort, by=school.adviser) for _number in range(2)]

    school.send(school.adviser, f"{RUN}deltakere/gjor/", gjor="ut", hvem=[str(each.pk) for each in people])
    refused = school.send(school.leader, f"{RUN}deltakere/gjor/", gjor="inn", hvem=[str(people[0].pk)])

    assert refused.status_code == 403
    assert set(Enrolment.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(school, count):
    cohort = make_run(school.municipality, by=school.adviser)
    for _number in range(count):
        make_participant(cohort, by=school.adviser, unit=school.unit)
    client = signed_in(school.adviser)

    with CaptureQueriesContext(connection) as queries:
        assert client.get(school.at(f"{RUN}deltakere/")).status_code == 200

    assert len(queries) == 15


def test_a_deleted_account_gives_up_the_place_and_leaves_no_name(school):
    cohort = make_run(school.municipality, by=school.adviser, places=1)
    person = UserFactory()
    make_participant(cohort, by=school.adviser, user=person)
    waiting = make_participant(cohort, by=school.adviser)

    delete_user(person, actor=SYSTEM)

    gone = Enrolment.objects.exclude(pk=waiting.pk).get()
    waiting.refresh_from_db()
    assert (gone.name, gone.user, gone.state, person.email in gone.email) == ("–", None, "withdrawn", False)
    assert waiting.state == "enrolled"


def test_externals_and_those_who_declined_are_forgotten_a_year_after(school):
    cohort = make_run(school.municipality, by=school.adviser)
    make_participant(cohort, by=school.adviser, user=school.leader)
    make_participant(cohort, by=school.adviser, is_external=True)
    changing.step(cohort, "begin", actor=school.adviser)
    changing.step(cohort, "finish", actor=school.adviser)

    with clock.moved_to(clock.now() + timedelta(days=364)):
        assert forget_enrolments() == 0
    with clock.moved_to(clock.now() + timedelta(days=366)):
        assert forget_enrolments() == 1

    assert Cohort.objects.get().state == "finished"
    assert Enrolment.objects.get().user == school.leader
