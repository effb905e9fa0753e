"""Teams: formed by unit, by interest and by hand; their idea, phase, hand-ins, and who is stuck."""

# ruff: noqa: F811 -- the fixture is imported

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from grobunn.accounts.tests.factories import UserFactory
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.tests.conftest import Town, town  # noqa: F401 -- a fixture
from grobunn.kernel import clock, ids, statemachine
from grobunn.methods.queries import method_of
from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.models import Cohort, HandIn, Team
from grobunn.programmes.queries.teams import members_of, teams_of, without_a_team
from grobunn.programmes.services.teams import (
    TeamRefused,
    dissolve,
    form_by_interest,
    form_by_unit,
    hand_in,
    make_team,
    move_phase,
    say_interest,
)
from grobunn.programmes.states import COHORT_MACHINE, COHORT_MESSAGES
from grobunn.programmes.tests.factories import make_participant, make_run


@pytest.fixture
def cohort(town: Town) -> Cohort:
    run = make_run(town.municipality, by=town.adviser)
    statemachine.perform(COHORT_MACHINE, run, "begin", actor=town.adviser, messages=COHORT_MESSAGES)
    return run


def first_hand_in(team: Team) -> tuple[str, str]:
    """A phase of the team's method that asks for something, and what it asks for."""
    method = method_of(team.municipality_id, team.method)
    assert method is not None
    phase = next(each for each in method.phases if each.hand_ins)
    return phase.key, phase.hand_ins[0].key


def test_form_by_unit_puts_colleagues_together_once(town: Town, cohort: Cohort) -> None:
    for _number in range(2):
        make_participant(cohort, by=town.adviser, unit=town.ward)
    alone = make_participant(cohort, by=town.adviser, unit=town.office)

    made = form_by_unit(cohort, actor=town.adviser)
    again = form_by_unit(cohort, actor=town.adviser)

    assert [(team.name, len(members_of(team))) for team in made] == [(town.ward.name, 2)]
    assert again == []
    assert without_a_team(cohort) == [alone]


def test_form_by_interest_gives_first_wishes_first(town: Town, cohort: Cohort) -> None:
    people = [make_participant(cohort, by=town.adviser) for _number in range(3)]
    wanted = make_idea(town.municipality, unit=town.ward, title="Søvn")
    other = make_idea(town.municipality, unit=town.ward, title="Benk")
    for person in people[:2]:
        say_interest(person, [wanted, other], actor=person.user)
    say_interest(people[2], [other, wanted], actor=people[2].user)

    made = form_by_interest(cohort, actor=town.adviser)

    assert [team.idea for team in made] == [wanted]
    assert {each.enrolment for each in members_of(made[0])} == set(people[:2])
    assert without_a_team(cohort) == [people[2]]


def test_somebody_is_on_one_team_and_an_idea_has_one(town: Town, cohort: Cohort) -> None:
    person = make_participant(cohort, by=town.adviser)
    idea = make_idea(town.municipality, unit=town.ward)
    team = make_team(cohort, name="Alfa", members=[person], idea=idea, actor=town.adviser)

    with pytest.raises(TeamRefused):
        make_team(cohort, name="Beta", members=[person], actor=town.adviser)
    with pytest.raises(TeamRefused):
        make_team(cohort, name="Gamma", idea=idea, actor=town.adviser)
    dissolve(team, actor=town.adviser)

    again = make_team(cohort, name="Alfa", members=[person], idea=idea, actor=town.adviser)
    assert [each.enrolment for each in members_of(again)] == [person]


def test_hand_in_again_is_the_next_edition_and_sent_twice_is_one(town: Town, cohort: Cohort) -> None:
    person = make_participant(cohort, by=town.adviser)
    team = make_team(cohort, name="Alfa", members=[person], actor=town.adviser)
    _phase, sort = first_hand_in(team)
    key = ids.new_id()

    for _time in range(2):
        hand_in(team, sort=sort, text="Første", key=key, actor=person.user)
    hand_in(team, sort=sort, text="Andre", actor=person.user)

    assert list(HandIn.objects.order_by("edition").values_list("edition", "text")) == [(1, "Første"), (2, "Andre")]


def test_team_is_stuck_after_three_weeks_and_says_why(town: Town, cohort: Cohort) -> None:
    team = make_team(cohort, name="Alfa", actor=town.adviser)
    Team.objects.filter(pk=team.pk).update(moved_at=clock.now() - timedelta(weeks=4))

    (now,) = teams_of(cohort)

    assert "4" in now.stuck
    phase, _sort = first_hand_in(team)
    move_phase(team, phase, actor=town.adviser, version=team.version)
    assert teams_of(cohort)[0].stuck == ""


def test_page_is_for_the_team_and_coaches_and_takes_hand_ins(
    client: Client,
    town: Town,
    cohort: Cohort,
) -> None:
    person = make_participant(cohort, by=town.adviser, user=UserFactory())
    team = make_team(cohort, name="Alfa", members=[person], actor=town.adviser)
    phase, sort = first_hand_in(team)
    move_phase(team, phase, actor=town.adviser, version=team.version)
    page = cohort_page(cohort, "team", team=team.slug)

    client.force_login(town.nurse)
    other = client.get(page)
    client.force_login(person.user)
    own = client.get(page)
    client.post(page, {"sort": sort, "text": "Vi har snakket med ti.", "key": ids.new_id()})
    listed = client.get(cohort_page(cohort, "teams"))

    assert (other.status_code, own.status_code, listed.status_code) == (403, 200, 200)
    assert HandIn.objects.get().text == "Vi har snakket med ti."
    assert "Alfa" in listed.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_one_as_for_three(
    client: Client,
    town: Town,
    cohort: Cohort,
    count: int,
    django_assert_max_num_queries: object,
) -> None:
    for number in range(count):
        make_team(cohort, name=f"Lag {number}", actor=town.adviser)
    client.force_login(town.adviser)
    client.get(cohort_page(cohort, "teams"))

    with django_assert_max_num_queries(15):  # type: ignore[operator]
        page = client.get(cohort_page(cohort, "teams"))

    assert page.content.decode().count("data-row-link") == count


def test_a_file_is_handed_in_and_fetched_by_those_who_see_the_team(town: Town, cohort: Cohort) -> None:
    member = make_participant(cohort, by=town.adviser, user=town.leader, unit=town.ward)
    team = make_team(cohort, name="Laget", members=[member], actor=town.adviser)
    phase, sort = first_hand_in(team)
    move_phase(team, phase, actor=town.adviser, version=team.version)
    path = cohort_page(cohort, "team", team=team.slug)
    client = Client()
    client.force_login(town.leader)

    def send(name: str, content: bytes) -> int:
        sent = {"key": str(ids.new_id()), "sort": sort, "text": "", "file": SimpleUploadedFile(name, content)}
        return client.post(path, sent).status_code

    assert (send("bilde.exe", b"MZ"), HandIn.objects.count()) == (422, 0)
    assert send("notat.txt", b"Slik er det.") == 302

    made = HandIn.objects.get()
    file = cohort_page(cohort, "handed_in", team=team.slug, hand_in_id=made.pk)
    assert "notat.txt" in client.get(path).content.decode()
    answer = client.get(file)
    assert (b"".join(answer.streaming_content), answer["Content-Type"]) == (b"Slik er det.", "text/plain")
    assert "attachment" in answer["Content-Disposition"]
    client.force_login(town.nurse)
    assert client.get(file).status_code == 403
