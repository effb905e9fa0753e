"""The pages of taking a case into use: who sees what, one happy and one deny for each, and what they cost."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django_scopes import scopes_disabled
from pytest_django import DjangoAssertNumQueries

from grobunn.accounts.models import User
from grobunn.accounts.tests.factories import UserFactory
from grobunn.cases.models import Adoption, Case, CaseKind, Manner
from grobunn.cases.states import AdoptionState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_adoption, make_case
from grobunn.discussion.models import Comment
from grobunn.kernel import clock, ids
from grobunn.organisations.models import Role
from grobunn.organisations.tests.factories import MunicipalityFactory


def _client(user: User | None = None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def _adoptions(place: Neighbour) -> str:
    return f"/{place.municipality.slug}/eksempler/tatt-i-bruk/"


def _count() -> int:
    with scopes_disabled():
        return Adoption.objects.count()


def test_case_page_offers_one_button_to_those_who_speak_for_their_municipality(
    case: Case, neighbour: Neighbour
) -> None:
    page = _client(neighbour.adviser).get(f"/eksempler/{case.slug}/").content.decode()

    assert page.count("We are considering this\n") + page.count(">We are considering this<") == 1
    assert f"{_adoptions(neighbour)}begynn/{case.slug}/" in page


@pytest.mark.parametrize("who", ["nobody", "nurse", "origin"])
def test_case_page_tells_the_others_who_may(case: Case, town: Town, neighbour: Neighbour, who: str) -> None:
    user = {"nobody": None, "nurse": neighbour.nurse, "origin": town.adviser}[who]

    page = _client(user).get(f"/eksempler/{case.slug}/").content.decode()

    assert "begynn/" not in page
    told = "This is your own case" if who == "origin" else "Leaders, innovation advisers and research contacts"
    assert told in page


def test_button_begins_and_leads_to_the_start_package(case: Case, neighbour: Neighbour) -> None:
    client = _client(neighbour.adviser)
    url, key = f"{_adoptions(neighbour)}begynn/{case.slug}/", str(ids.new_id())

    answered = client.post(url, {"nokkel": key})
    again = client.post(url, {"nokkel": key})

    with scopes_disabled():
        adoption = Adoption.objects.get()
    assert answered.headers["Location"] == again.headers["Location"] == f"{_adoptions(neighbour)}{adoption.pk}/"
    page = client.get(answered.headers["Location"]).content.decode()
    assert "Nettet på byggene måtte bygges ut først." in page
    assert "0 of 7 steps are done." in page


def test_button_pressed_for_another_municipality_is_refused(case: Case, town: Town, neighbour: Neighbour) -> None:
    answered = _client(town.adviser).post(f"{_adoptions(neighbour)}begynn/{case.slug}/", {"nokkel": str(ids.new_id())})

    assert answered.status_code == 403
    assert _count() == 0


def test_own_case_begun_by_address_is_told_and_not_begun(case: Case, town: Town) -> None:
    url = f"/{town.municipality.slug}/eksempler/tatt-i-bruk/begynn/{case.slug}/"

    page = _client(town.adviser).post(url, {}, follow=True).content.decode()

    assert "This is your own case: only others can take it into use." in page
    assert _count() == 0


def test_learning_is_asked_about_and_not_considered(town: Town, neighbour: Neighbour) -> None:
    case = make_case(town.municipality, owner=town.writer, editor=town.adviser, kind=CaseKind.LEARNING)

    page = _client(neighbour.adviser).get(f"/eksempler/{case.slug}/").content.decode()
    client = _client(neighbour.adviser)
    sent = client.post(f"{_adoptions(neighbour)}begynn/{case.slug}/", {"nokkel": str(ids.new_id())}, follow=True)

    assert "It did not work where it was tried." in page
    assert "We are considering this" not in page
    assert "Ask them what they would have done differently." in sent.content.decode()
    assert _count() == 0


def test_steps_lead_from_considering_to_in_use_and_the_case_shows_one(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    client, url = _client(neighbour.rnd_contact), f"{_adoptions(neighbour)}{adoption.pk}/steg/"
    today = clock.today().isoformat()

    client.post(f"{url}plan/", {"planned_on": today, "version": 1})
    client.post(f"{url}try_out/", {"version": 2})
    told = {"in_use_on": today, "manner": Manner.ADAPTED, "changed": "Bare på natt.", "gave": "Ro."}
    client.post(f"{url}take_into_use/", {**told, "contact_role": Role.RND_CONTACT, "version": 3})

    case.refresh_from_db()
    assert case.adoption_count == 1
    page = _client().get(f"/eksempler/{case.slug}/").content.decode()
    assert "1 other municipality uses it." in page
    assert "Bare på natt." in page
    assert neighbour.municipality.name in page


@pytest.mark.parametrize("edge", ["plan", "replan", "try_out", "take_into_use", "confirm", "tell", "stop"])
def test_step_page_of_every_edge_renders(case: Case, neighbour: Neighbour, edge: str) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    page = _client(neighbour.adviser).get(f"{_adoptions(neighbour)}{adoption.pk}/steg/{edge}/")

    assert page.status_code == 200
    assert case.title in page.content.decode()


def test_refusal_stands_at_the_field_that_it_is_about(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.PILOT, actor=neighbour.adviser)
    client, url = _client(neighbour.adviser), f"{_adoptions(neighbour)}{adoption.pk}/steg/take_into_use/"
    sent = {"in_use_on": clock.today().isoformat(), "manner": Manner.ADAPTED, "contact_role": Role.INNOVATION_ADVISER}

    untold = client.post(url, sent).context["form"].errors
    ahead = client.post(url, {**sent, "in_use_on": (clock.today() + timedelta(days=1)).isoformat()})

    assert list(untold) == ["changed"]
    assert list(ahead.context["form"].errors) == ["in_use_on"]


def test_still_in_use_comes_first_only_when_it_is_asked(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser)
    client, url = _client(neighbour.adviser), f"{_adoptions(neighbour)}{adoption.pk}/"

    before = [step.edge.name for step in client.get(url).context["steps"]]
    with scopes_disabled():
        asked = {"confirm_asked_at": clock.now(), "confirm_due_on": clock.today()}
        Adoption.objects.filter(pk=adoption.pk).update(**asked)
    after = [step.edge.name for step in client.get(url).context["steps"]]

    assert (before, after) == (["tell", "confirm", "stop"], ["confirm", "tell", "stop"])


def test_step_by_the_origin_is_refused(case: Case, town: Town, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    answered = _client(town.adviser).post(f"{_adoptions(neighbour)}{adoption.pk}/steg/stop/", {"reason": "Nei."})

    assert answered.status_code == 403
    adoption.refresh_from_db()
    assert adoption.state == AdoptionState.CONSIDERING


def test_step_from_an_old_page_says_so(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, state=AdoptionState.PILOT, actor=neighbour.adviser)

    answered = _client(neighbour.adviser).post(
        f"{_adoptions(neighbour)}{adoption.pk}/steg/stop/", {"reason": "Nei.", "version": 1}
    )

    assert answered.status_code == 422
    assert "A colleague did something with this just before you." in answered.content.decode()


def test_origin_reads_and_comments_and_does_not_see_the_plan(case: Case, town: Town, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    with scopes_disabled():
        Adoption.objects.filter(pk=adoption.pk).update(notes="Hemmelig notat.")
    client, url = _client(town.writer), f"{_adoptions(neighbour)}{adoption.pk}/"

    page = client.get(url).content.decode()
    client.post(
        f"/{neighbour.municipality.slug}/samtale/adoption/{adoption.pk}/kommentar/",
        {"text": "Ring oss gjerne.", "comment_id": str(ids.new_id())},
    )

    assert "What has happened" in page
    assert f"Only {neighbour.municipality.name} and you see that they are thinking about it." in page
    assert "Hemmelig notat." not in page
    assert "Save the plan" not in page
    with scopes_disabled():
        assert list(Comment.objects.values_list("text", "kind")) == [("Ring oss gjerne.", "adoption")]


@pytest.mark.parametrize("who", ["outsider", "elsewhere"])
def test_adoption_is_not_there_for_others(case: Case, town: Town, neighbour: Neighbour, who: str) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    other = MunicipalityFactory(is_in_use=True)
    url = f"{_adoptions(neighbour)}{adoption.pk}/"

    if who == "outsider":
        assert _client(UserFactory()).get(url).status_code == 403
    else:
        assert _client(neighbour.adviser).get(url.replace(neighbour.municipality.slug, other.slug)).status_code == 404


def test_plan_is_kept_and_emptied_lines_go(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    sent = {"revision": 1, "count": 4, "notes": "Vi begynner på Solbakken.", "one_off_nok": "80000"}
    sent |= {"step_0_text": "Les", "step_0_is_done": "on", "step_1_text": " ", "step_2_text": "Ring", "step_3_text": ""}

    answered = _client(neighbour.adviser).post(f"{_adoptions(neighbour)}{adoption.pk}/plan/", sent)

    adoption.refresh_from_db()
    assert answered.status_code == 302
    assert adoption.steps == [{"text": "Les", "is_done": True}, {"text": "Ring", "is_done": False}]
    assert (adoption.notes, adoption.one_off_nok, adoption.revision) == ("Vi begynner på Solbakken.", 80_000, 2)


def test_plan_with_more_hours_than_can_be_is_sent_back(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    sent = {"revision": 1, "count": 0, "notes": "", "hours": "99999999999999"}

    refused = _client(neighbour.adviser).post(f"{_adoptions(neighbour)}{adoption.pk}/plan/", sent)

    adoption.refresh_from_db()
    assert (refused.status_code, adoption.hours) == (422, None)
    assert "less than or equal to 1000000" in refused.content.decode()


def test_plan_that_a_colleague_has_saved_since_is_not_overwritten(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    with scopes_disabled():
        Adoption.objects.filter(pk=adoption.pk).update(revision=2, notes="Kollegaens.")

    answered = _client(neighbour.adviser).post(
        f"{_adoptions(neighbour)}{adoption.pk}/plan/", {"revision": 1, "count": 1, "step_0_text": "Mitt", "notes": ""}
    )

    adoption.refresh_from_db()
    assert answered.status_code == 422
    assert "Mitt" in answered.content.decode()
    assert adoption.notes == "Kollegaens."


def test_plan_by_a_colleague_without_a_say_is_refused(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    answered = _client(neighbour.nurse).post(
        f"{_adoptions(neighbour)}{adoption.pk}/plan/", {"revision": 1, "count": 0, "notes": "Nei"}
    )

    adoption.refresh_from_db()
    assert (answered.status_code, adoption.revision) == (403, 1)
    assert (
        "Save the plan" not in _client(neighbour.nurse).get(f"{_adoptions(neighbour)}{adoption.pk}/").content.decode()
    )


def test_list_is_narrowed_by_its_address(case: Case, town: Town, neighbour: Neighbour) -> None:
    other = make_case(town.municipality, owner=town.writer, editor=town.adviser, title="Bokbussen")
    make_adoption(case, neighbour.municipality, state=AdoptionState.IN_USE, actor=neighbour.adviser)
    make_adoption(other, neighbour.municipality, actor=neighbour.adviser)
    client = _client(neighbour.nurse)

    everything = client.get(_adoptions(neighbour)).content.decode()
    in_use = client.get(f"{_adoptions(neighbour)}?tilstand=in_use&type=tull").content.decode()

    assert (case.title in everything, other.title in everything) == (True, True)
    assert (case.title in in_use, other.title in in_use) == (True, False)


def test_list_is_for_those_who_work_there(case: Case, town: Town, neighbour: Neighbour) -> None:
    assert _client(town.adviser).get(_adoptions(neighbour)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_with_one_and_with_three(
    town: Town, neighbour: Neighbour, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        told = make_case(town.municipality, owner=town.writer, editor=town.adviser, title=f"Eksempel {number}")
        make_adoption(told, neighbour.municipality, actor=neighbour.adviser)
    client = _client(neighbour.adviser)
    client.get(_adoptions(neighbour))

    with django_assert_num_queries(4):
        client.get(_adoptions(neighbour))


@pytest.mark.parametrize("count", [1, 3])
def test_what_others_see_costs_the_same_with_one_and_with_three(
    case: Case, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _ in range(count):
        make_adoption(case, MunicipalityFactory(is_in_use=True), state=AdoptionState.IN_USE)
    client = _client()
    client.get(f"/eksempler/{case.slug}/")

    with django_assert_num_queries(4):
        client.get(f"/eksempler/{case.slug}/")
    with django_assert_num_queries(4):
        client.get(f"/eksempler/{case.slug}/spredning/")


def test_considering_is_told_to_the_origin_alone(case: Case, town: Town, neighbour: Neighbour) -> None:
    make_adoption(case, neighbour.municipality, actor=neighbour.adviser)

    theirs = _client(town.nurse).get(f"/eksempler/{case.slug}/").content.decode()
    others = _client().get(f"/eksempler/{case.slug}/").content.decode()

    assert "1 municipality is thinking about it. That is not counted." in theirs
    assert "is thinking about it" not in others
    assert neighbour.municipality.name not in others


def test_stopped_is_told_with_why(case: Case, neighbour: Neighbour) -> None:
    make_adoption(case, neighbour.municipality, state=AdoptionState.STOPPED, actor=neighbour.adviser)

    page = _client().get(f"/eksempler/{case.slug}/").content.decode()

    assert "Tried it and stopped" in page
    assert "Vi hadde ikke folk til det." in page
    assert "No other municipality has said that it uses this." in page


def test_lineage_tells_adaptations_of_adaptations_in_a_table_and_a_picture(case: Case) -> None:
    one, other = MunicipalityFactory(name="Hareid"), MunicipalityFactory(name="Volda")
    told = {"manner": Manner.ADAPTED, "changed": "Bare om natten.", "gave": "Bedre søvn."}
    first = make_adoption(case, one, state=AdoptionState.IN_USE, **told)
    make_adoption(case, other, state=AdoptionState.IN_USE, based_on=first)

    page = _client().get(f"/eksempler/{case.slug}/spredning/").content.decode()

    assert page.count('class="lineage__node ') == 3
    assert page.count('class="lineage__line"') == 2
    assert "Bare om natten." in page
    assert "Bedre søvn." in page
    assert '<td data-label="Builds on">Hareid</td>' in page


def test_begin_from_anothers_way_keeps_it(case: Case, neighbour: Neighbour) -> None:
    first = make_adoption(case, MunicipalityFactory(name="Hareid"), state=AdoptionState.IN_USE)
    client, url = _client(neighbour.adviser), f"{_adoptions(neighbour)}begynn/{case.slug}/"

    told = client.get(f"/eksempler/{case.slug}/").content.decode()
    page = client.get(f"{url}?fra={first.pk}").content.decode()
    client.post(url, {"fra": str(first.pk), "nokkel": str(ids.new_id())})

    with scopes_disabled():
        based_on: UUID | None = Adoption.objects.get(municipality=neighbour.municipality).based_on_id
    assert f"{url}?fra={first.pk}" in told
    assert "You start from how Hareid does it." in page
    assert based_on == first.pk


def test_planned_and_past_dates_are_told_in_words(case: Case, neighbour: Neighbour) -> None:
    adoption = make_adoption(case, neighbour.municipality, actor=neighbour.adviser)
    ahead = clock.today() + timedelta(days=1)

    answered = _client(neighbour.adviser).post(
        f"{_adoptions(neighbour)}{adoption.pk}/steg/take_into_use/",
        {"in_use_on": ahead.isoformat(), "manner": "copied", "contact_role": "rnd_contact", "version": 1},
    )

    assert answered.status_code == 422
    assert "counts from the day that it has begun" in answered.content.decode()
