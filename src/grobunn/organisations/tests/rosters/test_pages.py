"""The pages from upload to import."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.kernel import clock
from grobunn.organisations import jobs
from grobunn.organisations.models import Municipality, RosterKind, RosterUpload
from grobunn.organisations.services.rosters.columns import PEOPLE_COLUMNS, UNIT_COLUMNS
from grobunn.organisations.services.rosters.reading import read_roster
from grobunn.organisations.tests.factories import (
    MunicipalityFactory,
    adviser_of,
)
from grobunn.organisations.tests.rosters.steps import Kept, tree, url

pytestmark = pytest.mark.django_db


def test_pages_from_upload_to_import(here: Municipality, adviser: User) -> None:
    client = Client()
    client.force_login(adviser)
    file = SimpleUploadedFile("enheter.csv", b"id;navn;merknad\n1;Topp;x\n")

    preview = client.post(url("rosters", here), {"kind": "units", "file": file}, follow=True)
    text = preview.content.decode()
    assert "Topp (1)" in text
    assert "merknad" in text
    plan = preview.context["plan"]
    with scope(municipality=here.pk):
        upload = RosterUpload.objects.get()
    assert tree(here) == {}

    client.post(url("apply_roster", here, upload=upload.pk), {"plan": plan.fingerprint})
    assert tree(here) == {"1": ("Topp", "", 1)}
    with scope(municipality=here.pk):
        assert not RosterUpload.objects.exists()


def test_page_shows_errors_by_row_and_offers_no_import(here: Municipality, adviser: User) -> None:
    client = Client()
    client.force_login(adviser)
    unfit = client.post(url("rosters", here), {"kind": "units", "file": SimpleUploadedFile("a.csv", b"x;y\n1;2")})
    file = SimpleUploadedFile("enheter.csv", b"id;navn\n1;\n")
    preview = client.post(url("rosters", here), {"kind": "units", "file": file}, follow=True)

    assert (unfit.status_code, 'id="id_file_error"' in unfit.content.decode()) == (422, True)
    assert 'name="plan"' not in preview.content.decode()
    assert [error.row for error in preview.context["errors"]] == [2]


def test_other_municipalitys_upload_is_not_found(here: Municipality, kept: Kept) -> None:
    upload = kept(RosterKind.UNITS, "id;navn\n1;Topp\n")
    elsewhere: Municipality = MunicipalityFactory()
    client = Client()
    client.force_login(adviser_of(elsewhere))

    assert client.get(url("roster", elsewhere, upload=upload.pk)).status_code == 404
    assert client.post(url("apply_roster", elsewhere, upload=upload.pk), {"plan": "x"}).status_code == 404
    assert client.get(url("roster_export", here, kind="people", form="csv")).status_code == 404
    assert tree(here) == {}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["units", "people"])
def test_templates_and_exports_are_downloaded(here: Municipality, adviser: User, kind: str, form: str) -> None:
    client = Client()
    client.force_login(adviser)

    empty = client.get(url("roster_template", here, kind=kind, form=form))
    full = client.get(url("roster_export", here, kind=kind, form=form))

    columns = UNIT_COLUMNS if kind == "units" else PEOPLE_COLUMNS
    assert list(read_roster(empty.content, file_name=f"a.{form}", columns=columns).rows) == []
    assert len(read_roster(full.content, file_name=f"a.{form}", columns=columns).rows) == 1
    assert client.get(url("roster_template", here, kind="ideas", form=form)).status_code == 404


def test_uploads_are_forgotten_after_a_day(kept: Kept) -> None:
    kept(RosterKind.UNITS, "id;navn\n1;Topp\n")

    for hours, left in ((23, 1), (25, 0)):
        with clock.moved_by(hours=hours):
            jobs.forget_old_rosters()
        with scopes_disabled():
            assert RosterUpload.objects.count() == left
