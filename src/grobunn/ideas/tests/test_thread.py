"""The thread: what each reader sees of one idea, and what they may do there."""

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoAssertNumQueries

from grobunn.ideas.models import Contact, CoWriter, Idea, Visibility
from grobunn.ideas.queries.ideas import idea_by_reference
from grobunn.ideas.queries.triage import alike
from grobunn.ideas.queries.wordings import Part, PartKind, wording_changes
from grobunn.ideas.services import answer
from grobunn.ideas.services.edit import edit_idea
from grobunn.ideas.services.join import join_idea
from grobunn.ideas.states import IdeaState
from grobunn.ideas.tests.conftest import Town
from grobunn.ideas.tests.factories import make_idea
from grobunn.kernel.actors import ReceiptHolder
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.tests.factories import MunicipalityFactory, adviser_of
from grobunn.search.models import Judgement

BIKE = "Lån ut elsykler til hjemmetjenesten, så kommer vi raskere frem i byen"


def _address(idea: Idea) -> str:
    return f"/{idea.municipality.slug}/ideer/{idea.reference}/"


def _edited(idea: Idea, *, text: str, title: str = "") -> Idea:
    return edit_idea(
        idea,
        actor=ReceiptHolder(idea.receipt),
        text=text,
        title=title,
        kind=idea.kind,
        visibility=idea.visibility,
    )


def test_wording_changes_keep_every_wording_from_the_first(town: Town) -> None:
    idea = make_idea(town.municipality, text="Sett opp en benk.", title="Benk")

    _edited(idea, text="Sett opp to benker.", title="Benk")
    _edited(idea, text="Sett opp to benker.", title="Benker")

    first, second = wording_changes(idea)
    assert (first.title, second.text) == ([], [])
    assert list(first.text) == [
        Part(PartKind.KEPT, "Sett opp "),
        Part(PartKind.REMOVED, "en benk."),
        Part(PartKind.ADDED, "to benker."),
    ]
    assert list(second.title) == [Part(PartKind.REMOVED, "Benk"), Part(PartKind.ADDED, "Benker")]


def test_wording_changes_of_a_very_long_text_show_the_earlier_whole(town: Town) -> None:
    idea = make_idea(town.municipality, text="ord " * 4000)

    _edited(idea, text="Kort.")

    assert [part.kind for part in wording_changes(idea)[0].text] == [PartKind.REMOVED]


@pytest.mark.parametrize(("who", "is_shown"), [("nurse", True), ("adviser", True), ("outsider", False)])
def test_earlier_wording_is_for_colleagues_and_the_writer(client: Client, town: Town, who: str, is_shown: bool) -> None:
    idea = make_idea(town.municipality, text="Kari på avdeling 3 vil ha benk.", visibility=Visibility.PUBLIC)
    _edited(idea, text="Noen vil ha benk.")
    answer.take_up(idea, actor=town.adviser)
    client.force_login(getattr(town, who))

    page = client.get(_address(idea)).content.decode()

    assert ("<del>" in page) is is_shown
    assert ("Kari" in page) is is_shown


def test_earlier_wording_is_not_looked_for_where_nothing_was_edited(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.take_up(idea, actor=town.adviser)
    client.force_login(town.nurse)

    assert client.get(_address(idea)).context["wordings"] == ()


def test_alike_finds_the_other_and_never_itself(town: Town) -> None:
    idea = make_idea(town.municipality, text=BIKE)
    other = make_idea(town.municipality, text=f"{BIKE} om vinteren")
    run_jobs()

    found = alike(idea, user=town.adviser)

    assert [(each.match.id, each.reference, each.is_solution) for each in found] == [(other.pk, other.reference, False)]


def test_alike_shows_no_internal_idea_of_a_neighbour(town: Town) -> None:
    from django_scopes import scope

    idea = make_idea(town.municipality, text=BIKE)
    neighbour = MunicipalityFactory()
    with scope(municipality=neighbour.pk):
        make_idea(neighbour, text=BIKE, visibility=Visibility.MUNICIPALITY)
    run_jobs()

    assert alike(idea, user=town.adviser) == []


def test_handler_is_offered_to_merge_and_to_point_to_what_solves(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, text=BIKE)
    other = make_idea(town.municipality, text=BIKE)
    answer.start(other, actor=town.adviser, reason="Vi begynner.")
    run_jobs()
    client.force_login(town.adviser)

    thread = client.get(_address(idea), {"fra": "hos=me"}).content.decode()
    page = client.get(f"{_address(idea)}lignende/", {"fra": "hos=me"}, headers={"HX-Request": "true"}).content.decode()
    merge = client.get(f"{_address(idea)}steg/merge/", {"fra": "hos=me", "into": other.reference})
    solve = client.get(f"{_address(idea)}steg/solve/", {"solution": "https://example.org/losning"})

    assert f'hx-get="{_address(idea)}lignende/?fra=hos%3Dme"' in thread
    assert "<html" not in page
    assert f"steg/merge/?fra=hos%3Dme&amp;into={other.reference}" in page
    assert "steg/solve/?fra=hos%3Dme&amp;solution=http" in page
    assert f'value="{other.reference}"' in merge.content.decode()
    assert 'value="https://example.org/losning"' in solve.content.decode()


@pytest.mark.parametrize("who", ["nurse", "leader", "director"])
def test_triage_is_not_for_those_who_do_not_answer(client: Client, town: Town, who: str) -> None:
    idea = make_idea(town.municipality, text=BIKE)
    client.force_login(getattr(town, who))

    assert "lignende/" not in client.get(_address(idea)).content.decode()
    assert client.get(f"{_address(idea)}lignende/").status_code == 403


def test_triage_without_scripts_is_a_page_of_its_own(client: Client, town: Town) -> None:
    idea, other = make_idea(town.municipality, text=BIKE), make_idea(town.municipality, text=BIKE)
    run_jobs()
    client.force_login(town.adviser)

    page = client.get(f"{_address(idea)}lignende/").content.decode()

    assert "<html" in page
    assert f'href="{_address(other)}"' in page


def test_not_the_same_is_remembered_and_can_be_taken_back(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, text=BIKE)
    other = make_idea(town.municipality, text=BIKE)
    run_jobs()
    client.force_login(town.adviser)
    sent = {"kind": "idea", "id": str(other.pk)}

    marked = client.post(f"{_address(idea)}ikke-samme/?fra=hos%3Dme", sent)
    while_marked = alike(idea, user=town.adviser)
    client.post(f"{_address(idea)}ikke-samme/", {**sent, "angre": "1"})

    assert marked["Location"] == f"{_address(idea)}?fra=hos%3Dme"
    assert while_marked == []
    assert [each.match.id for each in alike(idea, user=town.adviser)] == [other.pk]


def test_not_the_same_by_somebody_who_does_not_answer_is_forbidden(client: Client, town: Town) -> None:
    idea, other = make_idea(town.municipality, text=BIKE), make_idea(town.municipality, text=BIKE)
    run_jobs()
    client.force_login(town.leader)

    response = client.post(f"{_address(idea)}ikke-samme/", {"kind": "idea", "id": str(other.pk)})

    assert response.status_code == 403
    assert len(alike(idea, user=town.adviser)) == 1


@pytest.mark.parametrize("other", ["", "tull", "01900000-0000-7000-8000-000000000000"])
def test_not_the_same_as_nothing_is_not_found(client: Client, town: Town, other: str) -> None:
    idea = make_idea(town.municipality)
    client.force_login(town.adviser)

    assert client.post(f"{_address(idea)}ikke-samme/", {"kind": "idea", "id": other}).status_code == 404


def test_join_makes_a_co_writer_whom_colleagues_see(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.leader)
    client.force_login(town.nurse)

    offered = "/bli-med/" in client.get(_address(idea)).content.decode()
    client.post(f"{_address(idea)}bli-med/")
    page = client.get(_address(idea)).content.decode()

    assert offered is True
    assert list(CoWriter.objects.values_list("user", flat=True)) == [town.nurse.pk]
    assert town.nurse.name in page


def test_co_writers_are_not_named_outside(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, visibility=Visibility.PUBLIC)
    join_idea(idea, user=town.nurse)
    answer.take_up(idea, actor=town.adviser)

    page = client.get(_address(idea)).content.decode()

    assert town.nurse.name not in page
    assert town.adviser.name not in page


def test_writer_by_receipt_edits_withdraws_and_is_forgotten(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, contact=Contact.EMAIL, email="kari@example.org")

    page = client.get(f"/t/{idea.receipt}/").content.decode()
    client.post(f"/t/{idea.receipt}/glem-adressen/")

    idea.refresh_from_db()
    assert f"/t/{idea.receipt}/endre/" in page
    assert f"/t/{idea.receipt}/trekk/" in page
    assert (idea.contact, idea.writer_email) == (Contact.RECEIPT, "")
    assert "glem-adressen" not in client.get(f"/t/{idea.receipt}/").content.decode()


def test_code_leads_whoever_wrote_with_an_account_to_their_own_thread(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, writer=town.nurse)
    outside = client.get(f"/t/{idea.receipt}/", headers={"Accept-Language": "en"})
    client.force_login(town.leader)
    another = client.get(f"/t/{idea.receipt}/")
    client.force_login(town.nurse)

    assert "Somebody wrote the idea." in outside.content.decode()
    assert town.nurse.name not in outside.content.decode()
    assert another.status_code == 200
    assert client.get(f"/t/{idea.receipt}/").headers["Location"] == _address(idea)


def test_edit_is_not_offered_after_it_is_taken_up(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    answer.take_up(idea, actor=town.adviser)

    assert "/endre/" not in client.get(f"/t/{idea.receipt}/").content.decode()
    assert client.get(f"/t/{idea.receipt}/endre/").status_code in (302, 403)
    idea.refresh_from_db()
    assert idea.state == IdeaState.ASSESSING


def test_thread_shows_the_discussion_to_colleagues(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    client.force_login(town.nurse)

    page = client.get(_address(idea)).content.decode()

    assert 'id="follow"' in page
    assert 'id="applause"' in page
    assert "/kommentar/" in page


def test_thread_of_another_municipality_is_not_found(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality)
    neighbour = MunicipalityFactory()
    client.force_login(adviser_of(neighbour))

    assert client.get(_address(idea)).status_code == 404
    assert client.get(f"/{neighbour.slug}/ideer/{idea.reference}/").status_code == 404


def test_reference_is_found_in_its_scope_or_in_none_that_is_closed(town: Town) -> None:
    idea = make_idea(town.municipality)

    with scope(municipality=MunicipalityFactory().pk):
        elsewhere = idea_by_reference(idea.reference, actor=town.adviser)
    with scope(municipality=town.municipality.pk):
        here = idea_by_reference(idea.reference, actor=town.adviser)
    with scopes_disabled():
        anywhere = idea_by_reference(idea.reference, actor=town.adviser)

    assert (elsewhere, here, anywhere) == (None, idea, idea)


@pytest.mark.parametrize("count", [1, 3])
def test_thread_asks_as_much_of_one_step_as_of_three(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, town: Town, count: int
) -> None:
    idea = make_idea(town.municipality)
    for number in range(count):
        answer.ask(idea, actor=town.adviser, reason=f"Spørsmål {number}?")
        answer.reply(idea, actor=ReceiptHolder(idea.receipt), reason="Svar.")
    client.force_login(town.nurse)
    client.get(_address(idea))

    with django_assert_num_queries(8):
        client.get(_address(idea))


@pytest.mark.parametrize(
    "words",
    [{"text": "Lån ut elsykler."}, {"text": "Lån ut elsykler.", "title": "Elsykler"}, {"text": BIKE * 2}],
    ids=["short", "titled", "long"],
)
def test_thread_says_the_words_once(client: Client, town: Town, words: dict[str, str]) -> None:
    idea = make_idea(town.municipality, **words)

    page = client.get(f"/t/{idea.receipt}/").content.decode()
    main = page.split("<main", 1)[1].split('id="life-heading"', 1)[0]

    assert main.count(words["text"]) == 1


@pytest.mark.parametrize("who", ["nurse", "leader", None])
def test_reader_sees_what_is_like_the_idea_and_cannot_tell_it_apart(
    client: Client, town: Town, who: str | None
) -> None:
    idea = make_idea(town.municipality, text=BIKE, visibility=Visibility.PUBLIC)
    other = make_idea(town.municipality, text=BIKE, visibility=Visibility.PUBLIC)
    hidden = make_idea(town.municipality, text=BIKE, visibility=Visibility.INTERNAL)
    for each in (idea, other):
        answer.take_up(each, actor=town.adviser)
    run_jobs()
    if who:
        client.force_login(getattr(town, who))

    part = client.get(f"{_address(idea)}flere-slike/", headers={"HX-Request": "true"}).content.decode()
    page = client.get(f"{_address(idea)}flere-slike/").content.decode()

    assert f'hx-get="{_address(idea)}flere-slike/"' in client.get(_address(idea)).content.decode()
    for shown in (part, page):
        assert f'href="{_address(other)}"' in shown
        assert _address(hidden) not in shown
        assert "ikke-samme" not in shown
    assert ("<html" in part, "<html" in page) == (False, True)


def test_writer_can_tell_the_idea_apart(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, text=BIKE, writer=town.nurse)
    other = make_idea(town.municipality, text=BIKE)
    run_jobs()
    client.force_login(town.nurse)

    before = client.get(f"{_address(idea)}flere-slike/").content.decode()
    client.post(f"{_address(idea)}ikke-samme/", {"kind": "idea", "id": str(other.pk)})
    after = client.get(f"{_address(idea)}flere-slike/").content.decode()

    assert (f"{_address(idea)}ikke-samme/" in before, _address(other) in before) == (True, True)
    assert _address(other) not in after
    assert "Ingenting" in after


def test_what_is_like_a_hidden_idea_is_not_told(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, text=BIKE, visibility=Visibility.INTERNAL)

    assert client.get(f"{_address(idea)}flere-slike/").status_code == 404


def test_this_helped_is_remembered_once(client: Client, town: Town) -> None:
    idea, other = make_idea(town.municipality, text=BIKE), make_idea(town.municipality, text=BIKE)
    run_jobs()
    client.force_login(town.nurse)
    sent = {"kind": "idea", "id": str(other.pk)}

    page = client.get(f"{_address(idea)}flere-slike/").content.decode()
    answers = [client.post(f"{_address(idea)}hjalp/", sent) for _time in range(2)]

    assert f'action="{_address(idea)}hjalp/"' in page
    assert [answer["Location"] for answer in answers] == [_address(idea), _address(idea)]
    assert list(Judgement.objects.values_list("one_id", "other_id", "judged_by_id")) == [
        (idea.pk, other.pk, town.nurse.pk)
    ]


def test_this_helped_by_an_outsider_or_of_something_hidden_is_refused(client: Client, town: Town) -> None:
    idea = make_idea(town.municipality, text=BIKE)
    hidden = make_idea(town.municipality, text=BIKE, visibility=Visibility.INTERNAL)
    sent = {"kind": "idea", "id": str(hidden.pk)}

    signed_out = client.post(f"{_address(idea)}hjalp/", sent)
    client.force_login(town.nurse)
    of_hidden = client.post(f"{_address(idea)}hjalp/", sent)

    assert (signed_out.status_code, of_hidden.status_code) == (302, 404)  # The signed-out are asked to sign in.
    assert Judgement.objects.count() == 0


def test_this_helped_is_taken_back_by_whoever_said_it_only(client: Client, town: Town) -> None:
    idea, other = make_idea(town.municipality, text=BIKE), make_idea(town.municipality, text=BIKE)
    sent = {"kind": "idea", "id": str(other.pk)}
    address = f"{_address(idea)}hjalp/"

    client.force_login(town.nurse)
    told = client.post(address, sent, follow=True).content.decode()
    client.force_login(town.adviser)
    told_later = client.post(address, sent, follow=True).content.decode()
    client.post(address, {**sent, "angre": "1"})
    kept = Judgement.objects.count()
    client.force_login(town.nurse)
    client.post(address, {**sent, "angre": "1"})

    assert f'<form method="post" action="{address}" data-submit-once>' in told
    assert '<input type="hidden" name="angre" value="1">' in told
    assert 'name="angre"' not in told_later
    assert (kept, Judgement.objects.count()) == (1, 0)
