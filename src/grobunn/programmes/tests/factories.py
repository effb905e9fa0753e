"""Programmes for tests: made by the services themselves."""

from datetime import time, timedelta
from typing import Any

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.kernel import clock, ids, statemachine
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Municipality
from grobunn.programmes.models import Cohort, Day, Enrolment, Gathering
from grobunn.programmes.services.attending import MarkGiven, record_marks
from grobunn.programmes.services.enrolling import Invitee, accept, invite
from grobunn.programmes.services.programmes import DayGiven, add_gathering, make_cohort, make_programme
from grobunn.programmes.states import COHORT_MACHINE, COHORT_MESSAGES, CohortState


def make_run(municipality: Municipality, *, by: User, gatherings: int = 0, **fields: Any) -> Cohort:
    """A cohort that is open for enrolment, of a programme «Ledelsesskolen», with gatherings of two days each."""
    programme = make_programme(municipality, name="Ledelsesskolen", actor=by)
    cohort = make_cohort(programme, name=fields.pop("name", "Kull 1"), actor=by, **fields)
    for number in range(gatherings):
        add_days(cohort, f"Samling {number + 1}", in_days=14 * (number + 1), by=by)
    statemachine.perform(COHORT_MACHINE, cohort, "open", actor=by, messages=COHORT_MESSAGES)
    assert cohort.state == CohortState.OPEN
    return cohort


def add_days(cohort: Cohort, title: str, *, in_days: int, by: User, days: int = 2, **fields: Any) -> Gathering:
    """A gathering that begins in so many days."""
    begins = clock.today() + timedelta(days=in_days)
    given = [DayGiven(on=begins + timedelta(days=number), starts=time(9), ends=time(15)) for number in range(days)]
    return add_gathering(cohort, title=title, days=given, actor=by, **fields)


def make_participant(cohort: Cohort, *, by: User, user: User | None = None, **fields: Any) -> Enrolment:
    """Somebody with a place in a cohort, or in line where there is none left."""
    person = user or UserFactory()
    (enrolment,) = invite(cohort, [Invitee(name=person.name, email=person.email, **fields)], actor=by)
    accept(enrolment, actor=person)
    return enrolment


def was_there(enrolment: Enrolment, *gatherings: Gathering, by: User, is_present: bool = True) -> None:
    """Somebody was there on every day of gatherings of their own cohort, or was not; what follows is done."""
    days = Day.objects.filter(gathering__in=gatherings)
    marks = [MarkGiven(ids.new_id(), day.pk, enrolment.pk, is_present, clock.now()) for day in days]
    record_marks(gatherings[0].cohort, marks, sent_at=clock.now(), actor=by)
    run_jobs()
    enrolment.refresh_from_db()
