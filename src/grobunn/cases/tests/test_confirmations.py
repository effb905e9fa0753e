"""Half a year in use: asked once, of whoever is there; and what the origin is told on the way."""

from datetime import timedelta
from typing import Any

from django.utils import translation
from django_scopes import scope, scopes_disabled

from grobunn.accounts.models import User
from grobunn.cases.models import Adoption, Case
from grobunn.cases.services.adoptions import move_adoption
from grobunn.cases.services.confirmations import ask_for_confirmations
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_adoption
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Notice
from grobunn.notifications.words import text_of, title_of
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.organisations.tests.factories import UnitFactory


def _in_use(case: Case, neighbour: Neighbour, **told: Any) -> Adoption:
    return make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.rnd_contact, **told)


def _told(user: User, kind: str) -> list[Notice]:
    with scopes_disabled():
        return list(Notice.objects.filter(recipient=user, kind=kind).order_by("id"))


def test_adopter_is_asked_once_after_six_months(case: Case, neighbour: Neighbour) -> None:
    adoption = _in_use(case, neighbour)
    assert adoption.confirm_due_on is not None
    early = adoption.confirm_due_on - clock.today() - timedelta(days=1)

    with clock.moved_by(days=early.days):
        assert ask_for_confirmations() == 0
    with clock.moved_by(days=early.days + 1):
        assert ask_for_confirmations() == 1
        assert ask_for_confirmations() == 0
        run_jobs()
        notices = _told(neighbour.rnd_contact, "cases.confirm")

    assert len(notices) == 1
    assert notices[0].url == f"/{neighbour.municipality.slug}/eksempler/tatt-i-bruk/{adoption.pk}/"


def test_confirmed_is_not_asked_again(case: Case, neighbour: Neighbour) -> None:
    adoption = _in_use(case, neighbour)
    with clock.moved_by(days=200):
        ask_for_confirmations()
        move_adoption(adoption, "confirm", actor=neighbour.adviser, gave="Færre fall.")
    with clock.moved_by(days=800):
        assert ask_for_confirmations() == 0

    with scopes_disabled():
        kept = Adoption.objects.get(pk=adoption.pk)
    assert (kept.gave, kept.confirm_due_on, kept.state) == ("Færre fall.", None, AdoptionState.IN_USE)
    assert kept.confirmed_at is not None


def test_stopped_is_not_asked(case: Case, neighbour: Neighbour) -> None:
    adoption = _in_use(case, neighbour)
    move_adoption(adoption, "stop", actor=neighbour.adviser, reason="For dyrt.")

    with clock.moved_by(days=200):
        assert ask_for_confirmations() == 0


def test_role_is_asked_when_the_responsible_has_left(case: Case, neighbour: Neighbour) -> None:
    with scope(municipality=neighbour.municipality.pk):
        unit = UnitFactory(municipality=neighbour.municipality)
        leader = RoleAssignment.objects.create(
            municipality=neighbour.municipality, unit=unit, user=neighbour.nurse, role=Role.UNIT_LEADER
        ).user
    _in_use(case, neighbour, contact_role=Role.UNIT_LEADER, contact_unit=unit)
    User.objects.filter(pk=neighbour.rnd_contact.pk).update(is_active=False)

    with clock.moved_by(days=200):
        ask_for_confirmations()
        run_jobs()

    assert (len(_told(leader, "cases.confirm")), len(_told(neighbour.adviser, "cases.confirm"))) == (1, 0)


def test_adviser_is_asked_when_nobody_has_the_role(case: Case, neighbour: Neighbour) -> None:
    _in_use(case, neighbour, contact_role=Role.SECTOR_HEAD)
    User.objects.filter(pk=neighbour.rnd_contact.pk).update(is_active=False)

    with clock.moved_by(days=200):
        ask_for_confirmations()
        run_jobs()

    assert len(_told(neighbour.adviser, "cases.confirm")) == 1


def test_origin_is_told_of_every_step_in_words(case: Case, town: Town, neighbour: Neighbour) -> None:
    adoption = _in_use(case, neighbour)
    move_adoption(adoption, "stop", actor=neighbour.adviser, reason="Nettet var for svakt.")
    run_jobs()

    notices = _told(town.writer, "cases.adopted")

    name = neighbour.municipality.name
    with translation.override("en"):
        titles, last = [title_of(notice) for notice in notices], text_of(notices[-1])
    assert titles == [
        f"{name} is thinking about your case: {case.title}",
        f"{name} has come further with your case: {case.title}",
        f"{name} has taken your case into use: {case.title}",
        f"{name} has stopped with your case: {case.title}",
    ]
    assert "Nettet var for svakt." in last
