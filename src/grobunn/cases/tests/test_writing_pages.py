"""The pages of writing: begun, saved, commented on, published; and closed to those who do not write."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from grobunn.cases.models import Case, Draft, SectionComment
from grobunn.cases.parts import PARTS
from grobunn.cases.services import contact
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.steps import draft_of, publish_changes
from grobunn.cases.states import CaseState
from grobunn.cases.tests.conftest import Neighbour, Town
from grobunn.cases.tests.factories import make_case
from grobunn.ideas.tests.factories import make_idea
from grobunn.initiatives.tests.factories import make_initiative
from grobunn.kernel import clock, ids


def _url(case: Case, name: str = "write", **arguments: Any) -> str:
    return reverse(f"cases:{name}", kwargs={"municipality": case.municipality.slug, "slug": case.slug, **arguments})


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _save(client: Client, case: Case, part: str, *, revision: int, quietly: bool = False, **fields: Any) -> Any:
    headers = {"accept": "application/json"} if quietly else {}
    return client.post(_url(case, "write_part", part=part), {"revision": revision, **fields}, headers=headers)


def test_case_is_begun_with_a_name(town: Town) -> None:
    client = _signed_in(town.nurse)

    response = client.post(
        reverse("cases:begin", kwargs={"municipality": town.municipality.slug}),
        {"title": "Turvenner", "kind": "solution"},
    )

    case = Case.objects.get()
    assert response["Location"] == _url(case)
    assert (case.owner_id, draft_of(case).title, case.state) == (town.nurse.pk, "Turvenner", CaseState.DRAFT)


def test_stranger_begins_nothing(town: Town) -> None:
    url = reverse("cases:begin", kwargs={"municipality": town.municipality.slug})

    assert _signed_in(town.outsider).post(url, {"title": "Turvenner", "kind": "solution"}).status_code == 403
    assert Client().post(url, {"title": "Turvenner", "kind": "solution"}).status_code in {302, 403}
    assert not Case.objects.exists()


def test_case_of_an_idea_knows_what_the_thread_knows(town: Town) -> None:
    idea = make_idea(town.municipality, title="Benk ved døra", text="Folk blir slitne på vei inn.", unit=town.ward)
    reason = "Vi setter ut to benker i mai."
    make_initiative(town.ward, owner=town.leader, by=town.adviser, ideas=(idea,), reason=reason)
    client = _signed_in(town.adviser)
    url = reverse("cases:begin", kwargs={"municipality": town.municipality.slug}) + f"?ide={idea.reference}"
    assert "Benk ved døra" in client.get(url).content.decode()

    client.post(url, {"title": "Benk ved døra", "kind": "solution"})
    client.post(url, {"title": "Benk ved døra", "kind": "solution"})

    case = Case.objects.get()
    draft = draft_of(case)
    assert case.idea_id == idea.pk
    assert (draft.need, draft.process) == ("Folk blir slitne på vei inn.", "Vi setter ut to benker i mai.")
    assert draft.contact_role == idea.holder_role
    assert draft.timeline[0]["text"] == "Benk ved døra"


@pytest.mark.parametrize("part", [part.slug for part in PARTS])
def test_every_part_opens_and_saves_what_it_shows(town: Town, draft_case: Case, part: str) -> None:
    client = _signed_in(town.writer)
    page = client.get(_url(draft_case, "write_part", part=part))
    assert page.status_code == 200
    form = page.context["form"]
    shown = {bound.html_name: bound.value() for bound in form if bound.value() not in (None, "")}
    before = draft_of(draft_case)

    response = client.post(_url(draft_case, "write_part", part=part), shown)

    after = draft_of(draft_case)
    assert response["Location"] == _url(draft_case)
    assert after.revision == before.revision


def test_section_is_saved_and_the_writer_led_on(town: Town, draft_case: Case) -> None:
    client = _signed_in(town.writer)

    response = _save(
        client, draft_case, "effekt", revision=draft_of(draft_case).revision, effect="Halvparten.", next="1"
    )

    assert response["Location"] == _url(draft_case, "write_part", part="skalering")
    assert draft_of(draft_case).effect == "Halvparten."


def test_second_window_sees_both_texts_and_may_then_replace(town: Town, draft_case: Case) -> None:
    opened = draft_of(draft_case).revision
    save_draft(draft_case, actor=town.adviser, revision=opened, changes={"need": "Fra redaktøren."})
    client = _signed_in(town.writer)

    refused = _save(client, draft_case, "behov", revision=opened, need="Fra eieren.")

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Fra redaktøren." in page
    assert "Fra eieren." in page
    assert draft_of(draft_case).need == "Fra redaktøren."
    seen = refused.context["form"]["revision"].value()
    _save(client, draft_case, "behov", revision=seen, need="Fra eieren.")
    assert draft_of(draft_case).need == "Fra eieren."


def test_page_saves_by_itself_and_tells_how_it_reads(town: Town, draft_case: Case) -> None:
    text = "Vi prøvde tre senger. " * 8

    response = _save(
        _signed_in(town.writer),
        draft_case,
        "prosess",
        revision=draft_of(draft_case).revision,
        quietly=True,
        process=text,
    )

    told = json.loads(response.content)
    draft = draft_of(draft_case)
    assert (response.status_code, told["revision"], told["words"]) == (200, draft.revision, "32")
    assert told["lix"] == "4"
    assert draft.process == text.strip()


def test_page_that_saves_by_itself_stops_where_somebody_else_wrote(town: Town, draft_case: Case) -> None:
    opened = draft_of(draft_case).revision
    save_draft(draft_case, actor=town.adviser, revision=opened, changes={"need": "Fra redaktøren."})

    response = _save(_signed_in(town.writer), draft_case, "behov", revision=opened, quietly=True, need="Min.")

    assert response.status_code == 409
    assert draft_of(draft_case).need == "Fra redaktøren."


def test_timeline_and_facts_are_read_as_they_are_typed(town: Town, draft_case: Case) -> None:
    client = _signed_in(town.writer)
    revision = draft_of(draft_case).revision

    _save(client, draft_case, "tidslinje", revision=revision, timeline="2024-03 Prøvd\n2023: Vedtatt\n")
    _save(
        client,
        draft_case,
        "fakta",
        revision=revision,
        stage="pilot",
        one_off_nok="340000",
        kostra=["253"],
        sdgs=["3", "11"],
        partners="NTNU\nNabokommunen",
    )

    draft = draft_of(draft_case)
    assert draft.timeline == [{"on": "2023", "text": "Vedtatt"}, {"on": "2024-03", "text": "Prøvd"}]
    assert (draft.one_off_nok, draft.kostra, draft.sdgs) == (340000, ["253"], [3, 11])
    assert draft.partners == ["NTNU", "Nabokommunen"]
    refused = _save(client, draft_case, "tidslinje", revision=draft.revision, timeline="I fjor: Vedtatt")
    assert refused.status_code == 422


def test_words_of_los_are_marked_or_typed_by_name(town: Town, draft_case: Case) -> None:
    client = _signed_in(town.writer)
    marked = ["ord/sykehjem", "ord/sykehjem", "omsorgstjenester"]

    added = _save(
        client,
        draft_case,
        "fakta",
        revision=draft_of(draft_case).revision,
        los=marked,
        los_name="matlevering",
        stay="id_los",
    )

    assert draft_of(draft_case).los == ["ord/sykehjem", "omsorgstjenester", "ord/matlevering"]
    assert added["Location"] == f"{_url(draft_case, 'write_part', part='fakta')}#id_los"
    page = client.get(added["Location"]).content.decode()
    assert page.count('value="ord/matlevering"') == page.count(' value="Matlevering"') == 1
    # Personnavn belongs to three themes and can be marked in each.
    assert page.count('value="ord/personnavn"') == 3


def test_name_that_los_does_not_have_is_answered_with_those_near(town: Town, draft_case: Case) -> None:
    client = _signed_in(town.writer)
    revision = draft_of(draft_case).revision

    refused = _save(client, draft_case, "fakta", revision=revision, los_name="Sykejem")
    quiet = _save(client, draft_case, "fakta", revision=revision, quietly=True, los=["grunnskole"], los_name="Syk")

    assert refused.status_code == 422
    assert "Sykehjem" in refused.context["form"].errors["los_name"][0]
    assert quiet.status_code == 200
    assert draft_of(draft_case).los == ["grunnskole"]


@pytest.mark.parametrize("name", ["write", "preview", "versions", "people", "name", "files"])
def test_pages_are_for_those_who_write(town: Town, neighbour: Neighbour, draft_case: Case, name: str) -> None:
    url = _url(draft_case, name)

    assert _signed_in(town.writer).get(url).status_code == 200
    assert _signed_in(town.nurse).get(url).status_code == 404
    assert _signed_in(neighbour.adviser).get(url).status_code == 404


def test_reader_of_a_published_case_may_not_write_it(town: Town, case: Case) -> None:
    client = _signed_in(town.nurse)

    assert client.get(_url(case)).status_code == 403
    assert _save(client, case, "behov", revision=1, need="Nytt.").status_code == 403
    assert draft_of(case).need == case.need


def test_editor_comments_sends_back_and_publishes(town: Town) -> None:
    case = make_case(town.municipality, state=CaseState.IN_REVIEW, owner=town.writer, editor=town.adviser)
    editor, writer = _signed_in(town.adviser), _signed_in(town.writer)
    editor.post(_url(case, "comment", part="behov"), {"text": "Hvor mange netter?", "key": ids.new_id()})
    version = Case.objects.get(pk=case.pk).version

    editor.post(_url(case, "step", edge="send_back"), {"version": version, "reason": "Se kommentaren."})

    desk = writer.get(_url(case)).content.decode()
    assert "Se kommentaren." in desk
    assert "Hvor mange netter?" in writer.get(_url(case, "write_part", part="behov")).content.decode()
    comment = SectionComment.objects.get()
    writer.post(_url(case, "settle_comment", comment_id=comment.pk))
    case.refresh_from_db()
    draft = draft_of(case)
    editor.post(_url(case, "step", edge="publish"), {"version": case.version, "revision": draft.revision, "note": ""})
    case.refresh_from_db()
    assert case.state == CaseState.PUBLISHED
    assert SectionComment.objects.get().settled_at is not None


def test_writer_may_not_publish(town: Town, draft_case: Case) -> None:
    draft = draft_of(draft_case)

    response = _signed_in(town.writer).post(
        _url(draft_case, "step", edge="publish"),
        {"version": draft_case.version, "revision": draft.revision, "note": ""},
    )

    assert response.status_code == 403
    assert Case.objects.get(pk=draft_case.pk).state == CaseState.DRAFT


def test_step_says_what_is_missing(town: Town, draft_case: Case) -> None:
    save_draft(draft_case, actor=town.writer, revision=draft_of(draft_case).revision, changes={"lessons": ""})
    draft = draft_of(draft_case)

    response = _signed_in(town.adviser).post(
        _url(draft_case, "step", edge="publish"),
        {"version": draft_case.version, "revision": draft.revision, "note": ""},
    )

    assert response.status_code == 422
    assert [each.part.slug for each in response.context["missing"]] == ["erfaringer"]


def test_editions_show_word_for_word_what_changed(town: Town, case: Case) -> None:
    client = _signed_in(town.adviser)
    save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes={"need": case.need + " Alle våknet."})

    ahead = client.get(_url(case, "versions")).content.decode()

    assert "<ins>" in ahead
    draft = draft_of(case)
    client.post(
        _url(case, "step", edge="publish_changes"),
        {"version": case.version, "revision": draft.revision, "note": "Mer om behovet."},
    )
    second = client.get(_url(case, "version", number=2)).content.decode()
    assert "Mer om behovet." in second
    assert "Alle våknet." in second
    assert client.get(_url(case, "version", number=9)).status_code == 404


def test_named_person_answers_on_a_page_of_their_own(town: Town, draft_case: Case) -> None:
    person, other = _signed_in(town.nurse), _signed_in(town.leader)
    contact.ask_to_be_named(draft_case, user=town.nurse, until=clock.today(), actor=town.writer)
    url = _url(draft_case, "consent")
    assert other.get(url).status_code == 404

    refused = person.post(url, {"until": "2020-01-31"})
    person.post(url, {"until": clock.today().isoformat()})

    assert refused.status_code == 422
    assert draft_of(draft_case).contact_consented_at is not None
    person.post(_url(draft_case, "take_back_name"))
    assert draft_of(draft_case).contact_person_id is None


def test_changes_are_thrown_away(town: Town, case: Case) -> None:
    save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes={"need": "Feil."})

    _signed_in(town.writer).post(_url(case, "throw_changes_away"))

    assert Draft.objects.get(case=case).need == case.need


@pytest.mark.parametrize("count", [1, 3])
def test_editions_ask_as_much_of_one_as_of_three(
    town: Town, case: Case, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(1, count):
        changes = {"effect": f"Målt {number} ganger."}
        save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes=changes)
        publish_changes(case, actor=town.adviser)
    client = _signed_in(town.writer)
    client.get(_url(case, "versions"))

    with django_assert_num_queries(6):
        page = client.get(_url(case, "versions"))

    assert len(page.context["editions"]) == count


def test_step_of_a_case_that_nobody_reads_yet_names_it(town: Town, draft_case: Case) -> None:
    page = _signed_in(town.adviser).get(_url(draft_case, "step", edge="publish")).content.decode()

    assert f">{draft_of(draft_case).title}</p>" in page


def test_role_that_answers_is_not_called_optional(town: Town, draft_case: Case) -> None:
    page = _signed_in(town.writer).get(_url(draft_case, "write_part", part="kontakt")).content.decode()

    role, mailbox = page.index('for="id_contact_role"'), page.index('for="id_contact_mailbox"')
    assert "form__optional" not in page[role : page.index("</label>", role)]
    assert "form__optional" in page[mailbox : page.index("</label>", mailbox)]


def test_how_far_it_has_come_is_not_claimed_for_the_writer(town: Town) -> None:
    _signed_in(town.writer).post(
        reverse("cases:begin", kwargs={"municipality": town.municipality.slug}),
        {"title": "Vaktbytte på telefonen", "kind": "solution"},
    )

    assert Draft.objects.get(title="Vaktbytte på telefonen").stage == ""
