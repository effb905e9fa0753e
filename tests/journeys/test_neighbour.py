"""What one municipality learned is taken into use by the next: scenario 19, and a municipality that merged."""

from dataclasses import dataclass

import pytest
from django_scopes import scope

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.cases.models import Case
from grobunn.cases.services.load import load_cases
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.testing import sent_mails
from grobunn.organisations.models import Municipality, Role
from grobunn.organisations.services.municipalities import load_municipalities
from grobunn.organisations.tests.factories import RoleAssignmentFactory, UnitFactory
from tests.journeys.conftest import Come

TEKNOLOGISKOLEN = "/eksempler/teknologiskolen/"
COUNTED = "1 annen kommune har det i bruk."
NOT_COUNTED = "Ingen andre kommuner har meldt at de har tatt det i bruk."


@dataclass(frozen=True)
class Coast:
    """The real municipalities and the real cases, with somebody in Hareid, in Ulstein and in Øygarden."""

    hareid_rnd_contact: User
    hareid_teacher: User
    ulstein_adviser: User
    oygarden_adviser: User


def _person(slug: str, role: Role, name: str) -> User:
    municipality = Municipality.objects.get(slug=slug)
    with scope(municipality=municipality.pk):
        user = UserFactory(name=name, email=f"{name.lower()}@{slug}.example")
        RoleAssignmentFactory(unit=UnitFactory(municipality=municipality), user=user, role=role)
    return user


@pytest.fixture
def coast(db: None) -> Coast:
    load_municipalities()
    load_cases()
    Municipality.objects.filter(slug__in=["hareid", "ulstein", "oygarden"]).update(is_in_use=True)
    run_jobs()
    return Coast(
        hareid_rnd_contact=_person("hareid", Role.RND_CONTACT, "Hilde"),
        hareid_teacher=_person("hareid", Role.EMPLOYEE, "Harald"),
        ulstein_adviser=_person("ulstein", Role.INNOVATION_ADVISER, "Unni"),
        oygarden_adviser=_person("oygarden", Role.INNOVATION_ADVISER, "Olav"),
    )


def test_hareid_takes_teknologiskolen_into_use_and_ulstein_sees_one(coast: Coast, come: Come) -> None:
    hareid, ulstein = come(coast.hareid_rnd_contact), come(coast.ulstein_adviser)
    today = clock.today().isoformat()

    # Following it and thinking about it are no adoptions.
    hareid.open(TEKNOLOGISKOLEN).press("Følg")
    adoption = hareid.open(TEKNOLOGISKOLEN).press("Vi vurderer dette").address
    assert adoption.startswith("/hareid/eksempler/tatt-i-bruk/")
    assert NOT_COUNTED in ulstein.open(TEKNOLOGISKOLEN).text
    assert "1 kommune vurderer det. Det telles ikke." in ulstein.text

    # Ulstein sees it, and can move nothing of it.
    assert "Bekreft" not in ulstein.open(adoption).text
    assert "Hareid begynte å vurdere det." in ulstein.text
    for step in ("plan", "try_out", "take_into_use", "confirm", "stop"):
        assert ulstein.client.post(f"{adoption}steg/{step}/", {"reason": "Nei"}).status_code == 403

    # Planned and tried out: on the way, not counted.
    hareid.open(f"{adoption}steg/plan/").press("Vi planlegger det", planned_on=today)
    hareid.open(f"{adoption}steg/try_out/").press("Vi prøver det ut")
    assert NOT_COUNTED in come().open(TEKNOLOGISKOLEN).text

    hareid.open(f"{adoption}steg/take_into_use/").press(
        "Det er i bruk",
        in_use_on=today,
        manner="adapted",
        changed="Vi begynner i femte klasse.",
        gave="Elevene spør om mer.",
        contact_role="rnd_contact",
    )
    told = come().open(TEKNOLOGISKOLEN)
    assert COUNTED in told.text
    assert "Vi begynner i femte klasse." in told.text
    assert Case._base_manager.get(slug="teknologiskolen").adoption_count == 1

    # Still one when Hareid, and nobody else, confirms it.
    hareid.open(f"{adoption}steg/confirm/").press("Det er fortsatt i bruk")
    assert COUNTED in come().open(TEKNOLOGISKOLEN).text
    assert "bekreftet" in come().open(TEKNOLOGISKOLEN).text

    run_jobs()
    subjects = [mail.subject for mail in sent_mails(coast.ulstein_adviser.email)]
    # Ulstein writes nynorsk.
    assert "Hareid har teke dømet dykkar i bruk: Teknologiskolen" in subjects


def test_teacher_is_told_who_may_and_presses_nothing(coast: Coast, come: Come) -> None:
    teacher = come(coast.hareid_teacher).open(TEKNOLOGISKOLEN)

    assert "kan si at kommunen deres vurderer dette." in teacher.text
    assert "Vi vurderer dette" not in teacher.buttons
    assert teacher.client.post("/hareid/eksempler/tatt-i-bruk/begynn/teknologiskolen/").status_code == 403


def test_case_of_fjell_stands_under_oygarden_which_cannot_adopt_it(coast: Coast, come: Come) -> None:
    told = come(coast.oygarden_adviser).open("/eksempler/rett-i-jobb/")

    assert "Øygarden (opprinnelig Fjell kommune)" in told.text
    assert "Dette er deres eget eksempel: Bare andre kan ta det i bruk." in told.text
    told.client.post("/oygarden/eksempler/tatt-i-bruk/begynn/rett-i-jobb/")
    assert Case._base_manager.get(slug="rett-i-jobb").adoption_count == 0
    assert "Ingenting her ennå" in come(coast.oygarden_adviser).open("/oygarden/eksempler/tatt-i-bruk/").text


def test_what_the_source_says_of_spreading_is_not_counted(coast: Coast, come: Come) -> None:
    told = come().open(TEKNOLOGISKOLEN)

    assert "Ulstein-modellen er tatt i bruk i andre kommuner i Møre og Romsdal." in told.text
    assert NOT_COUNTED in told.text
