"""Comments: written, edited, removed, brought back."""

import pytest
from django.core.exceptions import PermissionDenied

from grobunn.accounts.events import UserDeleted
from grobunn.accounts.tests.factories import UserFactory
from grobunn.discussion import holdings
from grobunn.discussion.models import MAX_COMMENT, Comment, RemovedBy, ShownAs
from grobunn.discussion.queries import comment_counts, comments_of
from grobunn.discussion.services import applause, comments
from grobunn.discussion.services.errors import BadText, Refused, TooLate
from grobunn.discussion.tests.conftest import KIND, Place
from grobunn.kernel import clock, events, ids
from grobunn.kernel.actors import SYSTEM
from grobunn.kernel.models import AuditEntry
from grobunn.kernel.testing import run_jobs
from grobunn.organisations.models import Role, RoleAssignment


def write(place: Place, text: str = "Bra!", **fields: object) -> Comment:
    fields.setdefault("actor", place.person())
    return comments.add_comment(place.unit, attachable=place.attachable, text=text, **fields)  # type: ignore[arg-type]


def test_comments_are_shown_oldest_first(place: Place) -> None:
    first, second = write(place, "En"), write(place, "To")

    assert list(comments_of(KIND, place.unit.pk)) == [first, second]
    assert comment_counts(KIND, [place.unit.pk]) == {place.unit.pk: 2}


def test_comment_sent_twice_is_one_comment(place: Place) -> None:
    author, comment_id = place.person(), ids.new_id()

    first = write(place, "En", actor=author, comment_id=comment_id)
    second = write(place, "En", actor=author, comment_id=comment_id)

    assert (first.pk, second.pk, Comment.objects.count()) == (comment_id, comment_id, 1)


def test_comment_is_refused_whoever_may_not(place: Place) -> None:
    with pytest.raises(PermissionDenied):
        write(place, actor=UserFactory())
    with pytest.raises(PermissionDenied):
        write(place, actor=SYSTEM)

    assert Comment.objects.count() == 0


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (MAX_COMMENT + 1), "Ring 018180 10083 i dag", "\x00"])
def test_comment_that_cannot_be_kept_is_refused(place: Place, text: str) -> None:
    with pytest.raises(BadText):
        write(place, text)

    assert Comment.objects.count() == 0


def test_comment_shows_the_role_in_place_of_the_name(place: Place) -> None:
    comment = write(place, actor=place.person(Role.UNIT_LEADER), shown_as=ShownAs.ROLE)

    assert (comment.shown_as, comment.role, comment.unit) == (ShownAs.ROLE, Role.UNIT_LEADER, place.unit)


def test_edited_comment_says_so(place: Place) -> None:
    author = place.person()
    comment = write(place, "Bar!", actor=author)

    comments.edit_comment(comment, text="Bra!", actor=author)

    comment.refresh_from_db()
    assert (comment.text, comment.edited_at is not None) == ("Bra!", True)


def test_edit_is_refused_to_others_and_when_late(place: Place) -> None:
    author = place.person()
    comment = write(place, "Bra!", actor=author)

    with pytest.raises(PermissionDenied):
        comments.edit_comment(comment, text="Dårlig!", actor=place.person(Role.INNOVATION_ADVISER))
    with clock.moved_by(minutes=31), pytest.raises(TooLate):
        comments.edit_comment(comment, text="Dårlig!", actor=author)

    comment.refresh_from_db()
    assert (comment.text, comment.edited_at) == ("Bra!", None)


def test_writer_removes_and_brings_back(place: Place) -> None:
    author = place.person()
    comment = write(place, actor=author)

    comments.remove_comment(comment, actor=author)
    assert (comment.is_removed, comment.removed_by, comment.remover_role) == (True, RemovedBy.AUTHOR, "")
    comments.restore_comment(comment, actor=author)

    comment.refresh_from_db()
    assert (comment.is_removed, comment.text) == (False, "Bra!")
    assert list(AuditEntry.objects.order_by("id").values_list("action", flat=True)) == [
        "discussion.remove_comment",
        "discussion.restore_comment",
    ]


def test_writer_cannot_remove_when_late(place: Place) -> None:
    author = place.person()
    comment = write(place, actor=author)

    with clock.moved_by(minutes=31), pytest.raises(TooLate):
        comments.remove_comment(comment, actor=author)

    comment.refresh_from_db()
    assert not comment.is_removed


def test_moderator_removes_with_a_reason_and_a_role(place: Place) -> None:
    comment, adviser = write(place), place.person(Role.INNOVATION_ADVISER)

    with pytest.raises(Refused):
        comments.remove_comment(comment, actor=adviser, is_moderator=True)
    comments.remove_comment(comment, actor=adviser, is_moderator=True, reason="Navngir en bruker.")

    assert (comment.removed_by, comment.remover_role, comment.removal_reason) == (
        RemovedBy.MODERATOR,
        Role.INNOVATION_ADVISER,
        "Navngir en bruker.",
    )


def test_others_cannot_remove_or_bring_back(place: Place) -> None:
    author, other = place.person(), place.person()
    comment = write(place, actor=author)

    with pytest.raises(PermissionDenied):
        comments.remove_comment(comment, actor=other)
    comments.remove_comment(comment, actor=author)
    with pytest.raises(PermissionDenied):
        comments.restore_comment(comment, actor=other)
    with clock.moved_by(minutes=11), pytest.raises(TooLate):
        comments.restore_comment(comment, actor=author)

    comment.refresh_from_db()
    assert comment.is_removed


def test_removed_text_is_erased_when_it_cannot_come_back(place: Place) -> None:
    author = place.person()
    comment, stays = write(place, actor=author), write(place, "Står", actor=author)
    comments.remove_comment(comment, actor=author)

    erased = []
    for minutes in (9, 11, 12):
        with clock.moved_by(minutes=minutes):
            erased.append(comments.erase_removed_comments())

    comment.refresh_from_db()
    stays.refresh_from_db()
    assert (erased, comment.text, stays.text) == ([0, 1, 0], "", "Står")


def test_deleted_account_leaves_comments_without_name_or_role(place: Place) -> None:
    author = place.person(Role.UNIT_LEADER)
    comment = write(place, actor=author, shown_as=ShownAs.ROLE)

    RoleAssignment.objects.filter(user=author).delete()
    author.delete()
    events.publish(UserDeleted(user_id=ids.new_id()))
    run_jobs()

    comment.refresh_from_db()
    assert (comment.author_id, comment.role, comment.unit_id, comment.text) == (None, "", None, "Bra!")


def test_export_tells_a_person_what_is_held(place: Place) -> None:
    author = place.person()
    write(place, "Mitt", actor=author)
    write(place, "En annens")
    applause.applaud(place.unit, attachable=place.attachable, actor=author)

    held = holdings.export(author)

    about = f"{KIND}:{place.unit.pk}"
    assert [row["text"] for row in held["comments"]] == ["Mitt"]
    assert (held["applause"], held["following"]) == ([about], [])
