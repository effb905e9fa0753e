"""Teams over the API: formed, changed, moved on, handing in, talked about."""

# ruff: noqa: F811 -- the fixture is imported

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.tests.conftest import Town, town  # noqa: F401 -- a fixture
from grobunn.kernel import ids
from grobunn.methods.queries import method_of
from grobunn.programmes.models import HandIn, Team
from grobunn.programmes.services.teams import make_team
from grobunn.programmes.tests.api.conftest import EVERYTHING
from grobunn.programmes.tests.factories import make_participant, make_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(town: Town):
    return make_run(town.municipality, by=town.adviser)


@pytest.fixture
def team(town: Town, cohort):
    place = make_participant(cohort, by=town.adviser, user=town.leader, unit=town.ward)
    return make_team(cohort, name="Laget", members=[place], actor=town.adviser)


def test_a_team_is_made_by_hand_on_an_idea(ask, town, cohort):
    idea = make_idea(town.municipality, unit=town.ward)
    place = make_participant(cohort, by=town.adviser, user=town.leader)
    sent = {"name": "Laget", "idea": idea.reference, "coach": town.adviser.email, "members": [str(place.pk)]}

    made = ask("post", f"cohorts/{cohort.pk}/teams", sent, by=town.adviser).json()
    again = ask("post", f"cohorts/{cohort.pk}/teams", sent, by=town.adviser)
    nobody = ask("post", f"cohorts/{cohort.pk}/teams", {"name": "Et", "idea": "finnes-ikke"}, by=town.adviser)
    (listed,) = ask("get", f"cohorts/{cohort.pk}/teams", by=town.nurse).json()

    assert (made["idea"]["reference"], made["coach"]) == (idea.reference, town.adviser.name)
    assert [(each["name"], each["is_lead"]) for each in made["members"]] == [(place.name, True)]
    assert (again.status_code, nobody.json()["errors"][0]["pointer"]) == (422, "/idea")
    assert (listed["member_count"], listed["stuck"]) == (1, None)


def test_teams_are_formed_by_wishes(ask, town, cohort):
    idea = make_idea(town.municipality, unit=town.ward)
    for person in (town.leader, town.nurse):
        make_participant(cohort, by=town.adviser, user=person)
        wished = ask("put", f"cohorts/{cohort.pk}/wishes", {"ideas": [idea.reference]}, by=person)
        assert wished.json() == {"ideas": [idea.reference]}

    (made,) = ask("post", f"cohorts/{cohort.pk}/teams/form", {"by": "interest"}, by=town.adviser).json()
    again = ask("post", f"cohorts/{cohort.pk}/teams/form", {"by": "interest"}, by=town.adviser).json()

    assert (made["idea"]["reference"], made["formed_by"], again) == (idea.reference, "interest", [])


def test_a_change_keeps_what_is_left_out_and_is_refused_on_an_old_version(ask, town, team):
    sent = {"name": "Benkelaget", "version": team.version}

    changed = ask("patch", f"teams/{team.pk}", sent, by=town.adviser).json()
    late = ask("patch", f"teams/{team.pk}", sent, by=town.adviser)
    emptied = ask("patch", f"teams/{team.pk}", {"members": [], "version": changed["version"]}, by=town.adviser).json()

    assert (changed["name"], len(changed["members"]), changed["version"]) == ("Benkelaget", 1, team.version + 1)
    assert (late.status_code, emptied["members"]) == (409, [])


def test_a_team_moves_on_and_hands_in_once_under_a_key(ask, town, team):
    method = method_of(team.municipality_id, team.method)
    phase = next(each for each in method.phases if each.hand_ins)
    sent = {"sort": phase.hand_ins[0].key, "text": "Slik er det i dag.", "key": str(ids.new_id())}

    moved = ask("post", f"teams/{team.pk}/phase", {"phase": phase.key, "version": team.version}, by=town.leader).json()
    made = [ask("post", f"teams/{team.pk}/hand-ins", sent, by=town.leader) for _twice in range(2)]
    other = ask("post", f"teams/{team.pk}/hand-ins", {"sort": "finnes-ikke", "text": "Noe"}, by=town.leader)
    (listed,) = ask("get", f"teams/{team.pk}/hand-ins", by=town.adviser).json()

    assert moved["phase"] == phase.key
    assert [(each.status_code, each.json()["edition"]) for each in made] == [(201, 1), (201, 1)]
    assert (other.status_code, listed["text"], listed["made_by"]) == (409, "Slik er det i dag.", town.leader.name)
    asked = ask("get", f"teams/{team.pk}", by=town.leader).json()["asked"]
    assert (asked[0]["sort"], asked[0]["is_handed_in"]) == (sent["sort"], True)


def test_what_is_said_about_a_team_is_kept_once(ask, town, team):
    sent = {"text": "Bra start.", "key": str(ids.new_id())}

    for _twice in range(2):
        said = ask("post", f"teams/{team.pk}/comments", sent, by=town.adviser)

    assert said.status_code == 201
    assert [each["text"] for each in ask("get", f"teams/{team.pk}/comments", by=town.leader).json()] == ["Bra start."]


def test_a_dissolved_team_is_gone(ask, town, team):
    assert ask("post", f"teams/{team.pk}/dissolve", by=town.adviser).status_code == 204
    assert ask("get", f"teams/{team.pk}", by=town.adviser).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("nurse", 403), ("outsider", 404)])
def test_a_team_is_for_those_who_are_on_it(ask, town, team, who, status):
    person, path = getattr(town, who), f"teams/{team.pk}"
    sent = {"sort": "x", "text": "Vårt nå."}

    assert ask("get", path, by=person).status_code == status
    assert ask("get", f"{path}/hand-ins", by=person).status_code == status
    assert ask("get", f"{path}/comments", by=person).status_code == status
    assert ask("post", f"{path}/hand-ins", sent, by=person).status_code == status
    assert ask("post", f"{path}/phase", {"phase": team.phase, "version": 1}, by=person).status_code == status
    assert ask("post", f"{path}/comments", {"text": "Hei"}, by=person).status_code == status
    assert ask("patch", path, {"name": "Vårt", "version": 1}, by=person).status_code == status
    assert ask("post", f"{path}/dissolve", by=person).status_code == status
    assert (Team.objects.get().name, HandIn.objects.count()) == ("Laget", 0)


def test_who_is_on_the_team_does_not_change_who_is_on_it(ask, town, team):
    assert ask("patch", f"teams/{team.pk}", {"name": "Vårt", "version": 1}, by=town.leader).status_code == 403
    assert ask("post", f"teams/{team.pk}/dissolve", by=town.leader).status_code == 403
    assert Team.objects.get().name == "Laget"


@pytest.mark.parametrize("count", [1, 3])
def test_teams_cost_the_same_for_one_and_three(ask, town, cohort, django_assert_num_queries, count):
    for number in range(count):
        idea = make_idea(town.municipality, unit=town.ward)
        make_team(cohort, name=f"Lag {number}", idea=idea, actor=town.adviser)
    ask("get", f"cohorts/{cohort.pk}/teams", by=town.adviser)

    with django_assert_num_queries(9):
        ask("get", f"cohorts/{cohort.pk}/teams", by=town.adviser)


def test_a_file_is_handed_in_and_fetched(ask, client, town, team):
    method = method_of(team.municipality_id, team.method)
    sort = next(each for each in method.phases if each.hand_ins).hand_ins[0].key
    ask("get", f"teams/{team.pk}", by=town.leader)
    token = {"Authorization": f"Bearer {town.leader.pk}:{sorted(EVERYTHING)}"}

    def send(name: str, content: bytes):
        sent = {"sort": sort, "file": SimpleUploadedFile(name, content)}
        return client.post(f"/api/v1/teams/{team.pk}/hand-ins/file", sent, headers=token)

    refused, made = send("bilde.exe", b"MZ"), send("notat.txt", b"Slik er det.")
    (listed,) = ask("get", f"teams/{team.pk}/hand-ins", by=town.leader).json()
    fetched = ask("get", f"teams/{team.pk}/hand-ins/{listed['id']}/file", by=town.leader)

    assert (refused.status_code, refused.json()["errors"][0]["pointer"], made.status_code) == (422, "/file", 201)
    assert listed["file"] == {"name": "notat.txt", "size": 12}
    assert b"".join(fetched.streaming_content) == b"Slik er det."
    assert ask("get", f"teams/{team.pk}/hand-ins/{listed['id']}/file", by=town.nurse).status_code == 403
