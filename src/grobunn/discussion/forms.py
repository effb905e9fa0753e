"""Forms of discussion."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.discussion.models import MAX_COMMENT, Comment, ShownAs
from grobunn.kernel import ids

# How many rows the box shows before it scrolls.
_ROWS = 4


class CommentForm(forms.Form):
    """Somebody's comment; `comment_id` makes it one comment however often it is sent."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": _ROWS}),
        error_messages={"required": _("Write something first.")},
    )
    comment_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, role_label: str = "", comment_id: object = None) -> None:
        super().__init__(data, initial={"comment_id": comment_id or ids.new_id()}, auto_id="comment_%s")
        if not role_label:
            return
        choices = [
            (ShownAs.NAME, ShownAs.NAME.label),
            (ShownAs.ROLE, _("My role (%(role)s)") % {"role": role_label}),
        ]
        self.fields["shown_as"] = forms.ChoiceField(
            label=_("Sign with"), choices=choices, widget=forms.RadioSelect, required=False, initial=ShownAs.NAME
        )


class EditForm(forms.Form):
    """A comment's words, changed."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=MAX_COMMENT,
        widget=forms.Textarea(attrs={"rows": _ROWS}),
        error_messages={"required": _("Write something first.")},
    )

    def __init__(self, data: Any = None, *, comment: Comment) -> None:
        super().__init__(data, initial={"text": comment.text})


class RemoveForm(forms.Form):
    """Why a moderator removes a comment."""

    reason = forms.CharField(
        label=_("Why is it removed?"),
        help_text=_("The reason is shown in place of the comment."),
        max_length=300,
        error_messages={"required": _("Write why the comment is removed. The reason is shown in its place.")},
    )
