"""A pitch day that is moved: who hears it, once each, and that its panel meets on the same day."""

from datetime import date, time, timedelta

from grobunn.accounts.tests.factories import UserFactory
from grobunn.juries.models import Panel
from grobunn.juries.states import PanelPart
from grobunn.kernel import clock
from grobunn.kernel.testing import run_jobs
from grobunn.notifications.models import Mail, Notice
from grobunn.notifications.services.moved import QUIET
from grobunn.notifications.states import MailState
from grobunn.organisations.models import Municipality
from grobunn.pitching.models import PitchDay
from grobunn.pitching.services.days import change_day
from grobunn.pitching.services.running import step_slot
from grobunn.pitching.tests.conftest import Town
from grobunn.pitching.tests.factories import begun, make_pitch_day, seat
from grobunn.programmes.models import Enrolment, TeamMember
from grobunn.programmes.tests.factories import make_participant


def moved(day: PitchDay, town: Town, **fields: object) -> None:
    day.refresh_from_db()
    change_day(day, actor=town.adviser, version=day.version, **fields)
    run_jobs()


def told() -> list[Notice]:
    return list(Notice.objects.filter(kind="pitching.moved", retracted_at=None).order_by("pk"))


def later(day: PitchDay, *, days: int) -> date:
    return day.on + timedelta(days=days)


def team_people(day: PitchDay) -> set[object]:
    return set(TeamMember.objects.filter(team__cohort=day.cohort).values_list("enrolment__user_id", flat=True))


def test_panel_and_teams_hear_it_once_each_and_whoever_moved_it_does_not(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=2)
    juror, both, coach = UserFactory(), UserFactory(), UserFactory()
    seat(day, juror, by=town.adviser)
    seat(day, both, by=town.adviser, part=PanelPart.SECRETARY)
    seat(day, town.adviser, by=town.adviser, part=PanelPart.CHAIR)
    enrolment = make_participant(day.cohort, by=town.adviser, user=both)
    TeamMember.objects.create(municipality=town.municipality, team=slots[0].team, enrolment=enrolment)
    slots[1].team.coach = coach
    slots[1].team.save(update_fields=["coach"])

    moved(day, town, on=later(day, days=1))

    receivers = [notice.recipient_id for notice in told()]
    assert set(receivers) == {juror.pk, both.pk, coach.pk, *team_people(day)}
    assert len(receivers) == len(set(receivers))
    assert not any("Lag" in str(notice.data) for notice in told())


def test_moved_twice_in_a_short_while_is_one_mail_that_tells_the_last(town: Town) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser, teams=1)

    moved(day, town, on=later(day, days=1))
    moved(day, town, starts=time(12, 30), place="Rådhuset")
    with clock.moved_by(seconds=QUIET.total_seconds() + 60):
        run_jobs()

    (mail,) = Mail.objects.filter(kind="pitching.moved", state=MailState.SENT)
    assert {mail.recipient_id} == team_people(day)
    assert "kl. 12.30" in mail.text
    assert "kl. 09.00" in mail.text
    assert "Rådhuset" in mail.text


def test_moved_back_before_anybody_heard_is_told_to_nobody(town: Town) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser, teams=1)
    on = day.on

    moved(day, town, on=later(day, days=1))
    moved(day, town, on=on)

    assert told() == []
    assert not Mail.objects.filter(kind="pitching.moved", state=MailState.WAITING).exists()


def test_another_name_moves_nothing(town: Town) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser, teams=1)

    moved(day, town, name="Den store dagen", pitch_minutes=7)

    assert told() == []


def test_team_member_without_account_is_told_where_the_day_can_be_followed(town: Town) -> None:
    day, _slots = make_pitch_day(town.municipality, by=town.adviser, teams=1)
    Enrolment.objects.filter(cohort=day.cohort).update(user=None, email="lag@firma.example", is_synthetic=False)

    moved(day, town, on=later(day, days=1))

    (notice,) = told()
    assert notice.recipient_id is None
    assert day.watch_key in notice.url


def test_team_that_has_pitched_hears_nothing(town: Town) -> None:
    day, slots = make_pitch_day(town.municipality, by=town.adviser, teams=2)
    begun(day, by=town.adviser)
    step_slot(slots[0], "skip", actor=town.adviser)

    moved(day, town, starts=time(10))

    still = TeamMember.objects.filter(team=slots[1].team).values_list("enrolment__user_id", flat=True)
    assert {notice.recipient_id for notice in told()} == set(still)


def test_panel_meets_on_the_day_as_it_is_moved_unless_it_was_given_its_own(town: Town) -> None:
    assert isinstance(town.municipality, Municipality)
    day, _slots = make_pitch_day(town.municipality, by=town.adviser, teams=1)
    own = later(day, days=30)

    moved(day, town, on=later(day, days=1))
    followed = Panel.objects.get(pk=day.panel_id).meets_on
    Panel.objects.filter(pk=day.panel_id).update(meets_on=own)
    moved(day, town, on=later(day, days=2))

    assert followed == PitchDay.objects.get(pk=day.pk).on - timedelta(days=1)
    assert Panel.objects.get(pk=day.panel_id).meets_on == own
