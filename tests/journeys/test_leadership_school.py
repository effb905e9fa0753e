"""Scenario 7: Ledelsesskolen with five gatherings of two days, one about innovation, and 500 leaders by file."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope
from icalendar import Calendar

from grobunn.accounts.services.users import ensure_user
from grobunn.kernel import clock
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory, RoleAssignmentFactory, UnitFactory, adviser_of
from grobunn.programmes.models import Cohort, Day, Enrolment, Gathering

TITLES = ("Rollen", "Målene", "Menneskene", "Innovasjon", "Videre")
QUESTION = "Hva vil det si å være lederen som skal realisere akkurat vår organisasjon sine mål og strategier?"


@pytest.mark.django_db
def test_500_leaders_are_enrolled_in_five_gatherings_of_two_days() -> None:
    municipality = MunicipalityFactory(slug="trondheim", name="Trondheim", default_language="nb")
    with scope(municipality=municipality.pk):
        adviser = adviser_of(municipality)
        unit = UnitFactory(municipality=municipality, name="Enhet for tester", leader_level=3)
        kari = RoleAssignmentFactory(unit=unit, role=Role.UNIT_LEADER).user
        browser = Client()
        browser.force_login(adviser)

        browser.post(
            "/trondheim/programmer/ny/",
            {"name": "Ledelsesskolen", "kind": "programme", "guiding_question": QUESTION, "is_open": "on"},
        )
        school = "/trondheim/programmer/ledelsesskolen/"
        browser.post(f"{school}ny/", {"name": "Kull 1", "most_missed_days": "0"})
        run = f"{school}kull-1/"
        for number, title in enumerate(TITLES):
            given = {
                "title": title,
                "first_on": (clock.today() + timedelta(days=28 * (number + 1))).isoformat(),
                "day_count": "2",
                "starts": "09:00",
                "ends": "15:30",
                "is_required": "on",
                **({"is_about_innovation": "on"} if title == "Innovasjon" else {}),
            }
            assert browser.post(f"{run}ny-samling/", given).status_code == 302
        browser.post(f"{run}steg/open/", {"version": str(Cohort.objects.get().version)})

        rows = [f"leder{number}@test.example;Leder {number};{unit.name}\n" for number in range(499)]
        content = "e-post;navn;enhet\n" + "".join(rows) + f"{kari.email};{kari.name};{unit.name}\n"
        file = SimpleUploadedFile("ledere.csv", content.encode())
        preview = browser.post(f"{run}deltakere/inviter/fil/", {"file": file, "takes_in": "on"}).url
        assert ">500<" in browser.get(preview).content.decode()
        browser.post(preview)

        assert Day.objects.count() == 10
        assert list(Gathering.objects.filter(is_about_innovation=True).values_list("title", flat=True)) == [
            "Innovasjon"
        ]
        assert Enrolment.objects.filter(state="enrolled").count() == 500

        # A leader who gets an account later has the place; one who has it subscribes to the calendar.
        later = ensure_user(email="leder7@test.example", name="Leder 7")
        assert Enrolment.objects.get(email="leder7@test.example").user == later
        hers = Client()
        hers.force_login(kari)
        assert "Du har plass." in hers.get(f"{run}min-plass/").content.decode()
        feed = Client().get(f"/trondheim/programmer/kalender/{Enrolment.objects.get(user=kari).feed_key}.ics")
        assert len(Calendar.from_ical(feed.content).walk("VEVENT")) == 10

    # Everybody reads about the school, and nobody who takes part.
    public = Client().get(school).content.decode()
    assert QUESTION in public
    assert "Leder 7" not in public
