"""All diplomas of a cohort in one file: made in the background, offered while it holds, removed after a day."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from grobunn.accounts.services.users import delete_user
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import AuditEntry
from grobunn.kernel.testing import run_jobs
from grobunn.programmes.models import DiplomaFile
from grobunn.programmes.queries.diploma_files import PATIENCE
from grobunn.programmes.services.diploma_files import forget_files, make_file
from grobunn.programmes.tests.factories import add_days, make_participant, was_there

pytestmark = pytest.mark.django_db

ALL = "ledelsesskolen/kull-1/gjennomforing/kursbevis/"
JOB = "programmes.make_diploma_file"


@pytest.fixture
def held(school, cohort):
    return add_days(cohort, "Rollen", in_days=-20, by=school.adviser)


@pytest.fixture
def completed(school, cohort, held):
    """Two who have completed; the first of them is the school's leader."""
    places = [make_participant(cohort, by=school.adviser, user=user) for user in (school.leader, UserFactory())]
    for place in places:
        was_there(place, held, by=school.adviser)
    run_jobs()
    return places


def shown(school):
    return school.page(school.adviser, ALL).content.decode()


def fetched(school, user=None):
    return school.page(user or school.adviser, f"{ALL}fil/{DiplomaFile.objects.get().pk}/")


def test_file_is_asked_for_waited_for_and_fetched(school, completed):
    assert "Make the file" in shown(school)

    answers = [school.send(school.adviser, ALL) for _time in range(2)]
    waiting, early = shown(school), fetched(school)
    done = run_jobs()
    ready, answer = shown(school), fetched(school)

    assert [each.url for each in answers] == [school.at(ALL)] * 2
    assert done.count(JOB) == 1
    assert "The file is being made" in waiting
    assert "data-part=" in waiting
    assert early.status_code == 302
    assert "Fetch all diplomas" in ready
    assert "data-part=" not in ready
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert [any(place.name in page for page in pages) for place in completed] == [True, True]
    assert len(pages) == DiplomaFile.objects.get().count == 2


def test_part_that_changes_comes_alone(school, completed):
    school.send(school.adviser, ALL)

    part = school.page(school.adviser, f"{ALL}?del").content.decode()

    assert "The file is being made" in part
    assert "<html" not in part


def test_who_asked_for_the_file_and_who_took_it_out_is_kept(school, completed):
    school.send(school.adviser, ALL)
    run_jobs()
    fetched(school)

    kept = AuditEntry.objects.filter(action__in=("programmes.make_diploma_file", "programmes.print_diplomas"))
    assert sorted(kept.values_list("action", "actor_id")) == [
        ("programmes.make_diploma_file", school.adviser.pk),
        ("programmes.print_diplomas", school.adviser.pk),
    ]


def test_only_those_who_run_the_cohort_see_ask_for_and_fetch_it(school, completed):
    school.send(school.adviser, ALL)
    run_jobs()

    for user, status in ((school.leader, 403), (school.nurse, 403), (school.outsider, 404)):
        assert school.page(user, ALL).status_code == status
        assert school.send(user, ALL).status_code == status
        assert fetched(school, user).status_code == status


def test_file_that_no_longer_holds_is_not_given_and_is_made_anew(school, held, completed):
    school.send(school.adviser, ALL)
    run_jobs()
    was_there(completed[1], held, by=school.adviser, is_present=False)

    refused, page = fetched(school), shown(school)
    school.send(school.adviser, ALL)
    run_jobs()

    assert refused.status_code == 302
    assert "issued or withdrawn since" in page
    assert len(PdfReader(BytesIO(fetched(school).content)).pages) == 1


def test_file_that_does_not_come_is_asked_for_again(school, completed):
    school.send(school.adviser, ALL)
    first = DiplomaFile.objects.get().pk

    with clock.moved_by(seconds=PATIENCE.total_seconds() + 1):
        assert "Make the file" in shown(school)
        school.send(school.adviser, ALL)

    second = DiplomaFile.objects.get()
    make_file(first)
    assert second.pk != first
    assert second.made_at is None


def test_file_is_made_once_however_often_its_job_runs(school, completed):
    school.send(school.adviser, ALL)
    run_jobs()
    file = DiplomaFile.objects.get()

    make_file(file.pk)

    assert DiplomaFile.objects.get().made_at == file.made_at


def test_file_is_removed_a_day_after_it_was_asked_for(school, completed):
    school.send(school.adviser, ALL)
    run_jobs()
    asked_at = DiplomaFile.objects.get().asked_at

    forget_files()
    assert DiplomaFile.objects.count() == 1
    DiplomaFile.objects.update(asked_at=asked_at - timedelta(hours=24, minutes=1))
    forget_files()

    assert DiplomaFile.objects.count() == 0


def test_file_goes_with_the_account_of_somebody_in_it(school, completed):
    school.send(school.adviser, ALL)
    run_jobs()

    delete_user(school.leader, actor=SYSTEM)

    assert DiplomaFile.objects.count() == 0


def test_cohort_without_diplomas_has_no_such_page(school, cohort):
    assert school.page(school.adviser, ALL).status_code == 404
    assert school.send(school.adviser, ALL).status_code == 404
    assert DiplomaFile.objects.count() == 0
