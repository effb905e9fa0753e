"""What the page of an object shows of its discussion, for one reader: read once, given to the templates."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from grobunn.discussion.forms import CommentForm
from grobunn.discussion.markup import rendered
from grobunn.discussion.models import Comment, ShownAs
from grobunn.discussion.queries import Reactions, comments_of, reactions_of
from grobunn.discussion.registry import Attachable, Subject, attachable_of
from grobunn.discussion.services.comments import role_to_show, words_digest
from grobunn.kernel import clock, ids
from grobunn.kernel.actors import Actor
from grobunn.organisations.models import Role
from grobunn.ui.kept import hole

# As many as are read in one go; earlier ones stand behind a link.
COMMENTS_SHOWN = 50


@dataclass(frozen=True)
class ShownComment:
    """A comment as one reader sees it."""

    comment: Comment
    html: SafeString
    byline: str
    may_edit: bool
    may_remove: bool
    may_moderate: bool
    may_restore: bool
    may_let_through: bool
    words_digest: str


@dataclass(frozen=True)
class EmptyForm:
    """The form for a new comment, which many readers see alike: kept by what it shows (`ui.kept`).

    Takes: role_label, of the role that the reader may sign with, "" for none.
    """

    role_label: str

    @property
    def form(self) -> CommentForm:
        """The form with a hole where each page's own `comment_id` stands."""
        return CommentForm(role_label=self.role_label, comment_id=hole("comment_id"))


@dataclass(frozen=True)
class Press:
    """A button that is pressed or not, with what its part shows (`ui.kept`).

    Takes: is_on, whether the reader has pressed it; count, how many have; is_answer, whether it answers a press.
    """

    is_on: bool
    count: int = 0
    is_answer: bool = False


@dataclass(frozen=True)
class Panel:
    """The discussion of an object as one reader sees it.

    Takes: form, one that was refused; empty_form, for a new comment; neither for whoever may not write.
    """

    kind: str
    subject_id: UUID
    slug: str
    url: str
    comments: tuple[ShownComment, ...]
    has_earlier: bool
    form: CommentForm | None
    empty_form: EmptyForm | None
    draft_key: str
    applause: Press
    following: Press
    may_applaud: bool
    may_follow: bool
    is_signed_in: bool

    @property
    def new_comment_id(self) -> UUID:
        """What makes a new comment one, however often it is sent."""
        return ids.new_id()


def panel_of(
    kind: str, subject: Subject, *, actor: Actor, form: CommentForm | None = None, is_whole: bool = False
) -> Panel:
    """The discussion of an object that the reader may see; two SQL beside the reader's roles.

    Takes:   form, one that was refused, shown again; is_whole, all comments rather than the latest.
    Raises:  LookupError if no feature registered the kind.
    """
    attachable = attachable_of(kind)
    if attachable is None:
        raise LookupError(f"No feature registered {kind!r} in discussion.")
    reactions = reactions_of(kind, subject.pk, actor)
    found = _readable(kind, subject, attachable, actor) if reactions.has_comments else Comment.objects.none()
    latest = list(found if is_whole else reversed(found.reverse()[: COMMENTS_SHOWN + 1]))
    has_earlier = not is_whole and len(latest) > COMMENTS_SHOWN
    may_comment = attachable.may_comment(actor, subject)
    comments = latest[1:] if has_earlier else latest
    return Panel(
        kind=kind,
        subject_id=subject.pk,
        slug=subject.municipality.slug,
        url=attachable.url_of(subject),
        comments=_shown(comments, attachable, subject, actor),
        has_earlier=has_earlier,
        form=form if may_comment else None,
        empty_form=EmptyForm(_role_label(actor, subject)) if may_comment and form is None else None,
        draft_key=_draft_key(subject, comments, actor),
        applause=applause_of(reactions),
        following=following_of(reactions),
        may_applaud=attachable.may_applaud(actor, subject),
        may_follow=attachable.may_follow(actor, subject),
        is_signed_in=bool(actor.is_authenticated),
    )


def applause_of(reactions: Reactions, *, is_answer: bool = False) -> Press:
    """The button that applauds."""
    return Press(reactions.is_applauding, count=reactions.applause_count, is_answer=is_answer)


def following_of(reactions: Reactions, *, is_answer: bool = False) -> Press:
    """The button that follows."""
    return Press(reactions.is_following, is_answer=is_answer)


def _readable(kind: str, subject: Subject, attachable: Attachable, actor: Actor) -> QuerySet[Comment]:
    """The comments that a reader sees: those that wait, only their writers and the moderators do."""
    found = comments_of(kind, subject.pk)
    if attachable.holds_back is None or attachable.may_moderate(actor, subject):
        return found
    return found.filter(Q(is_waiting=False) | Q(author_id=actor.pk) if actor.pk is not None else Q(is_waiting=False))


def _shown(comments: list[Comment], attachable: Attachable, subject: Subject, actor: Actor) -> tuple[ShownComment, ...]:
    may_moderate = attachable.may_moderate(actor, subject)
    now = clock.now()
    shown = []
    for comment in comments:
        is_own = comment.author_id is not None and comment.author_id == actor.pk
        is_fresh = is_own and comment.is_changeable(now)
        shown.append(
            ShownComment(
                comment=comment,
                html=rendered(comment.text) if not comment.is_removed else SafeString(""),
                byline=byline_of(comment, is_signed_in=bool(actor.is_authenticated)),
                may_edit=is_fresh,
                may_remove=is_fresh,
                may_moderate=may_moderate and not is_fresh and not comment.is_removed,
                may_restore=comment.remover_id is not None
                and comment.remover_id == actor.pk
                and comment.is_restorable(now),
                may_let_through=may_moderate and comment.is_waiting and not comment.is_removed,
                words_digest=words_digest(comment) if comment.is_waiting else "",
            )
        )
    return tuple(shown)


def byline_of(comment: Comment, *, is_signed_in: bool) -> str:
    """Who wrote a comment, as a reader is told: names are for those who are signed in themselves."""
    if comment.author is None:
        return _("A former user")
    if comment.shown_as == ShownAs.ROLE:
        role = str(Role(comment.role).label)
        return f"{role}, {comment.unit.name}" if comment.unit else role
    return comment.author.name if is_signed_in else _("Somebody who is signed in")


def _role_label(actor: Any, subject: Subject) -> str:
    role = role_to_show(actor, subject.municipality_id)
    return str(Role(role.role).label) if role else ""


def _draft_key(subject: Subject, comments: list[Comment], actor: Actor) -> str:
    """Where the device keeps what is typed: a new place once it has been sent, so that nothing sent comes back."""
    own = [str(comment.pk) for comment in comments if actor.pk is not None and comment.author_id == actor.pk]
    return f"comment:{subject.pk}:{own[-1] if own else ''}"
