"""What is written is kept, and never overwritten unseen."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grobunn.cases.guards import NotReady
from grobunn.cases.models import Case, CoAuthor, Draft, Edition
from grobunn.cases.services.drafts import WrittenMeanwhile, save_draft, take_back_changes
from grobunn.cases.services.start import Beginning, start_case
from grobunn.cases.services.steps import draft_of, move_case, publish, publish_changes
from grobunn.cases.states import CaseState
from grobunn.cases.tests.conftest import Town
from grobunn.cases.tests.factories import make_case
from grobunn.kernel.statemachine import NotPossibleNow, SomebodyWasFirst

NUMBER = "Ring 01010750160 om dette."  # A national identity number with valid check digits, of nobody.


def test_second_window_with_the_same_field_is_told_and_nothing_is_lost(town: Town, draft_case: Case) -> None:
    opened = draft_of(draft_case).revision
    save_draft(draft_case, actor=town.writer, revision=opened, changes={"need": "Fra det ene vinduet."})

    with pytest.raises(WrittenMeanwhile) as refusal:
        save_draft(draft_case, actor=town.adviser, revision=opened, changes={"need": "Fra det andre."})

    assert refusal.value.fields == {"need"}
    assert refusal.value.draft.need == "Fra det ene vinduet."
    assert draft_of(draft_case).need == "Fra det ene vinduet."


def test_two_who_write_different_sections_are_in_nobodys_way(town: Town, draft_case: Case) -> None:
    opened = draft_of(draft_case).revision
    save_draft(draft_case, actor=town.writer, revision=opened, changes={"need": "Behovet."})

    draft = save_draft(draft_case, actor=town.adviser, revision=opened, changes={"effect": "Virkningen."})

    assert (draft.need, draft.effect, draft.revision) == ("Behovet.", "Virkningen.", opened + 2)


def test_same_words_again_change_nothing(town: Town, case: Case) -> None:
    draft = draft_of(case)

    again = save_draft(case, actor=town.writer, revision=draft.revision - 1, changes={"need": draft.need})

    assert again.revision == draft.revision
    assert draft_of(case).is_published


def test_identity_number_is_refused_and_not_kept(town: Town, draft_case: Case) -> None:
    before = draft_of(draft_case)

    with pytest.raises(ValidationError) as refusal:
        save_draft(draft_case, actor=town.writer, revision=before.revision, changes={"process": NUMBER})

    assert list(refusal.value.message_dict) == ["process"]
    assert draft_of(draft_case).process == before.process


def test_who_is_named_cannot_be_written_past_the_persons_consent(town: Town, draft_case: Case) -> None:
    with pytest.raises(ValueError, match="contact_person_id"):
        save_draft(draft_case, actor=town.writer, revision=1, changes={"contact_person_id": town.nurse.pk})


def test_withdrawn_case_is_not_written(town: Town) -> None:
    case = make_case(town.municipality, state=CaseState.WITHDRAWN, owner=town.writer, editor=town.adviser)

    with pytest.raises(NotPossibleNow):
        save_draft(case, actor=town.writer, revision=1, changes={"need": "Nytt."})


def test_colleague_who_is_no_author_may_not_write(town: Town, draft_case: Case) -> None:
    before = draft_of(draft_case)

    with pytest.raises(PermissionDenied):
        save_draft(draft_case, actor=town.nurse, revision=before.revision, changes={"need": "Nytt."})

    assert draft_of(draft_case).revision == before.revision


def test_changes_are_taken_back_to_what_readers_see(town: Town, case: Case) -> None:
    save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes={"need": "Noe annet."})

    draft = take_back_changes(case, actor=town.writer)

    assert draft.need == case.need
    assert Draft.objects.get(case=case).is_published


def test_publishing_makes_an_edition_and_asks_again_in_a_year(town: Town, draft_case: Case) -> None:
    publish(draft_case, actor=town.adviser, note="Første utgave.")

    draft_case.refresh_from_db()
    edition = Edition.objects.get(case=draft_case)
    assert (draft_case.title, draft_case.slug) == ("Sensorer i senger", "sensorer-i-senger")
    assert (edition.number, edition.note, edition.content["lessons"]) == (1, "Første utgave.", draft_case.lessons)
    assert draft_case.published_at == draft_case.edited_at == edition.published_at
    assert draft_case.review_due_on is not None
    assert (draft_case.review_due_on - draft_case.published_at.date()).days in {365, 366, 364}


def test_next_edition_changes_what_readers_see_and_leaves_the_first_alone(town: Town, case: Case) -> None:
    save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes={"effect": "Halvparten så mange."})
    assert Case.objects.get(pk=case.pk).effect == ""

    publish_changes(case, actor=town.adviser)

    assert Case.objects.get(pk=case.pk).effect == "Halvparten så mange."
    kept = list(Edition.objects.filter(case=case).order_by("number").values_list("number", "content__effect"))
    assert kept == [(1, ""), (2, "Halvparten så mange.")]


def test_editor_publishes_only_what_they_have_read(town: Town, draft_case: Case) -> None:
    read = draft_of(draft_case).revision
    save_draft(draft_case, actor=town.writer, revision=read, changes={"effect": "Skrevet imens."})

    with pytest.raises(SomebodyWasFirst):
        publish(draft_case, actor=town.adviser, revision=read)

    assert Case.objects.get(pk=draft_case.pk).state == CaseState.DRAFT
    assert not Edition.objects.filter(case=draft_case).exists()


@pytest.mark.parametrize(
    ("missing", "field"),
    [({"lessons": " "}, "lessons"), ({"contact_role": ""}, "contact_role"), ({"title": ""}, "title")],
)
@pytest.mark.parametrize("state", [CaseState.DRAFT, CaseState.PUBLISHED])
def test_what_every_case_must_have_is_asked_for(town: Town, state: str, missing: dict[str, str], field: str) -> None:
    case = make_case(town.municipality, state=state, owner=town.writer, editor=town.adviser)
    save_draft(case, actor=town.writer, revision=draft_of(case).revision, changes=missing)
    editions = Edition.objects.filter(case=case).count()

    with pytest.raises(NotReady) as refusal:
        move_case(case, "publish_changes" if state == CaseState.PUBLISHED else "publish", actor=town.adviser)

    assert refusal.value.field == field
    assert Edition.objects.filter(case=case).count() == editions
    assert Case.objects.get(pk=case.pk).state == state


def test_form_sent_twice_begins_one_case(town: Town) -> None:
    beginning = Beginning(title="Turvenner")

    first = start_case(town.municipality, beginning=beginning, actor=town.nurse)
    second = start_case(town.municipality, beginning=beginning, actor=town.nurse)

    assert first.pk == second.pk
    assert start_case(town.municipality, beginning=beginning, actor=town.writer).slug == "turvenner-2"


def test_stranger_begins_no_case(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        start_case(town.municipality, beginning=Beginning(title="Turvenner"), actor=town.outsider)

    assert not Case.objects.exists()


def _retitle(case: Case, title: str) -> None:
    assert case.owner is not None
    save_draft(case, actor=case.owner, revision=draft_of(case).revision, changes={"title": title})


def test_address_follows_the_title_until_the_first_publishing_and_then_stays(town: Town, draft_case: Case) -> None:
    save_draft(
        draft_case, actor=town.writer, revision=draft_of(draft_case).revision, changes={"title": "Rolige netter"}
    )

    publish(draft_case, actor=town.adviser)
    save_draft(
        draft_case, actor=town.writer, revision=draft_of(draft_case).revision, changes={"title": "Stille netter"}
    )
    publish_changes(draft_case, actor=town.adviser)

    draft_case.refresh_from_db()
    assert (draft_case.title, draft_case.slug) == ("Stille netter", "rolige-netter")


def test_co_author_writes_with_the_owner(town: Town, draft_case: Case) -> None:
    CoAuthor.objects.create(municipality=town.municipality, case=draft_case, user=town.nurse)

    draft = save_draft(draft_case, actor=town.nurse, revision=draft_of(draft_case).revision, changes={"need": "Vi så."})

    assert draft.saved_by_id == town.nurse.pk
