"""Co-authors, handing over, and what is said about a section."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grobunn.cases.models import Case, CoAuthor, SectionComment
from grobunn.cases.sections import Section
from grobunn.cases.services.co_authors import add_co_author, hand_over, remove_co_author
from grobunn.cases.services.comments import add_section_comment, settle_section_comment
from grobunn.cases.tests.conftest import Town
from grobunn.kernel import ids
from grobunn.kernel.models import AuditEntry


def test_owner_lets_a_colleague_write(town: Town, draft_case: Case) -> None:
    add_co_author(draft_case, user=town.nurse, actor=town.writer)
    add_co_author(draft_case, user=town.nurse, actor=town.writer)

    assert list(CoAuthor.objects.values_list("user_id", flat=True)) == [town.nurse.pk]
    assert AuditEntry.objects.filter(action="cases.add_co_author").count() == 1


def test_co_author_lets_nobody_in(town: Town, draft_case: Case) -> None:
    add_co_author(draft_case, user=town.nurse, actor=town.writer)

    with pytest.raises(PermissionDenied):
        add_co_author(draft_case, user=town.leader, actor=town.nurse)

    assert CoAuthor.objects.count() == 1


def test_co_author_may_leave(town: Town, draft_case: Case) -> None:
    add_co_author(draft_case, user=town.nurse, actor=town.writer)

    remove_co_author(draft_case, user=town.nurse, actor=town.nurse)

    assert not CoAuthor.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "writer"])
def test_stranger_and_owner_are_no_co_authors(town: Town, draft_case: Case, who: str) -> None:
    with pytest.raises(ValidationError):
        add_co_author(draft_case, user=getattr(town, who), actor=town.writer)

    assert not CoAuthor.objects.exists()


def test_case_is_handed_over_and_the_former_owner_writes_on(town: Town, draft_case: Case) -> None:
    add_co_author(draft_case, user=town.nurse, actor=town.writer)

    hand_over(draft_case, to=town.nurse, actor=town.adviser)

    assert Case.objects.get(pk=draft_case.pk).owner_id == town.nurse.pk
    assert list(CoAuthor.objects.values_list("user_id", flat=True)) == [town.writer.pk]


def test_comment_sent_twice_is_kept_once_and_settled(town: Town, draft_case: Case) -> None:
    key = ids.new_id()
    said = {"section": Section.NEED, "text": "Hvor mange netter?", "actor": town.adviser, "key": key}

    first, again = add_section_comment(draft_case, **said), add_section_comment(draft_case, **said)
    settle_section_comment(draft_case, first.pk, actor=town.writer)

    assert first.pk == again.pk
    assert SectionComment.objects.get().settled_at is not None
    settle_section_comment(draft_case, first.pk, actor=town.writer, is_settled=False)
    assert SectionComment.objects.get().settled_at is None


def test_colleague_who_is_no_author_says_nothing_on_the_draft(town: Town, draft_case: Case) -> None:
    with pytest.raises(PermissionDenied):
        add_section_comment(draft_case, section=Section.NEED, text="Hei", actor=town.nurse, key=ids.new_id())

    assert not SectionComment.objects.exists()
