"""The one box: a sentence, and everything else optional."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.ideas.channels import Channel, other_channel
from grobunn.ideas.images import MAX_PHOTOS, CleanPhoto, clean_photo
from grobunn.ideas.models import TITLE_LENGTH, Contact, IdeaKind, Visibility
from grobunn.ideas.services.kept_photos import kept_photos
from grobunn.ideas.services.submit import Submission
from grobunn.ideas.validators import validate_no_identity_number, validate_text
from grobunn.kernel import ids


class PhotosInput(forms.ClearableFileInput):
    """A file input that takes several pictures, from the camera too."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Pictures, each checked and made anew; `clean` gives a list of `CleanPhoto`."""

    widget = PhotosInput(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[CleanPhoto]:
        files: Sequence[UploadedFile] = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MAX_PHOTOS:
            raise too_many_photos()
        return [clean_photo(file, size=file.size or 0) for file in files]


def too_many_photos() -> ValidationError:
    """The sentence for whoever chose too many."""
    return ValidationError(
        _("You can add at most %(limit)s photos."), code="too_many_photos", params={"limit": MAX_PHOTOS}
    )


class BeginForm(forms.Form):
    """The box alone, on a municipality's own page; nothing is sent before the page that it leads to."""

    text = forms.CharField(label=_("What is your idea?"), widget=forms.Textarea(attrs={"rows": 3}))


class WordsForm(forms.Form):
    """The words of an idea: what a new one and an edited one share. Takes: kinds to choose from; none: all."""

    text = forms.CharField(
        label=_("What is your idea?"),
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_text],
        error_messages={"required": _("Write a sentence about your idea first.")},
        help_text=_("A sentence is enough. Leave out names and health information about others."),
    )
    title = forms.CharField(
        label=_("Title"), required=False, max_length=TITLE_LENGTH, validators=[validate_no_identity_number]
    )
    kind = forms.ChoiceField(
        label=_("What is it about?"), required=False, choices=[("", _("I do not know")), *IdeaKind.choices]
    )
    visibility = forms.ChoiceField(
        label=_("Who may read it?"),
        choices=Visibility.choices,
        initial=Visibility.MUNICIPALITY,
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args: Any, kinds: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kinds:  # The municipality asks for some kinds only, or in another order.
            unknown, *_known = self.fields["kind"].choices  # type: ignore[attr-defined]
            asked_for = [(kind, IdeaKind(kind).label) for kind in dict.fromkeys(kinds) if kind]
            self.fields["kind"].choices = [unknown, *asked_for]  # type: ignore[attr-defined]

    def clean_visibility(self) -> str:
        return self.cleaned_data["visibility"] or Visibility.MUNICIPALITY


class IntakeForm(WordsForm):
    """A new idea."""

    photos = PhotosField(
        label=_("Photo"),
        required=False,
        help_text=_("Place and camera are removed. Do not show patients, pupils or others who can be recognised."),
    )
    email = forms.EmailField(
        label=_("E-mail, if you want the answer sent to you"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Without it you follow the idea with a code that you get now."),
    )
    is_anonymous = forms.BooleanField(
        label=_("Send without my name"),
        required=False,
        help_text=_("Then nothing about you is stored. You follow the idea with a code."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    goes_on = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, writer: User | AnonymousUser, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": ids.new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.writer = writer
        # Photos that were chosen when the page was shown before.
        self.kept_keys = forms.MultipleHiddenInput().value_from_datadict(self.data, self.files, "kept") or []
        self.kept = kept_photos(self.kept_keys)
        # Whoever opened the page signed in and is not any more is told before the idea goes without their name. Who
        # chose to send it without need not be asked.
        self.is_signed_out = (
            "signed_in" in self.data and "is_anonymous" not in self.data and not writer.is_authenticated
        )
        del self.fields["email" if writer.is_authenticated else "is_anonymous"]
        # The address of a field's own error stays the same whoever writes.
        self.order_fields(["text", "photos", "email", "is_anonymous"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if len(self.kept) < len(self.kept_keys):
            self.add_error("photos", _("A photo from before is not there any more. Choose it once more."))
        elif len(self.kept) + len(cleaned.get("photos", ())) > MAX_PHOTOS:
            self.add_error("photos", too_many_photos())
        return cleaned

    @property
    def channel(self) -> Channel | None:
        """The other channel that a valid text seems to belong to, unless the writer chose to go on."""
        if self.cleaned_data.get("goes_on"):
            return None
        return other_channel(f"{self.cleaned_data.get('title', '')} {self.cleaned_data['text']}")

    def submission(self) -> Submission:
        """What was sent, as the service takes it."""
        cleaned = self.cleaned_data
        return Submission(
            text=cleaned["text"],
            title=cleaned["title"],
            kind=cleaned["kind"],
            visibility=cleaned["visibility"],
            photos=[*(each.photo() for each in self.kept), *cleaned["photos"]],
            contact=self._contact(),
            email=cleaned.get("email", ""),
            language=(get_language() or "nb")[:2],
            key=cleaned["key"],
        )

    def _contact(self) -> Contact:
        if self.writer.is_authenticated:
            return Contact.RECEIPT if self.cleaned_data["is_anonymous"] else Contact.ACCOUNT
        return Contact.EMAIL if self.cleaned_data["email"] else Contact.RECEIPT
