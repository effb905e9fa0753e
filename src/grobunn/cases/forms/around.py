"""Forms about a draft: a comment on a section, a co-author, a picture, a document, who is named, a step."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.cases.models import Case, Draft
from grobunn.cases.queries.published import published_cases
from grobunn.ideas.images import CleanPhoto, clean_photo
from grobunn.kernel import clock, ids
from grobunn.kernel.uploads import ACCEPT, CleanDocument, clean_document
from grobunn.organisations.queries import member_by_email


class CommentForm(forms.Form):
    """A comment on a section; its key keeps it from being kept twice."""

    text = forms.CharField(
        label=_("Comment on this section"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs |= {"initial": {"key": ids.new_id()}, "auto_id": "comment_%s"}
        super().__init__(*args, **kwargs)


class ColleagueField(forms.EmailField):
    """Somebody with a role in the municipality, by their address."""

    def __init__(self, *, case: Case, **options: Any) -> None:
        super().__init__(widget=forms.EmailInput(attrs={"autocomplete": "off"}), **options)
        self.case = case

    def clean(self, value: Any) -> User:
        address = super().clean(value)
        user = member_by_email(self.case.municipality_id, address)
        if user is None:
            raise ValidationError(_("Nobody with that address has a role in the municipality."), code="unknown")
        return user


class ColleagueForm(forms.Form):
    """A colleague to write with, or to hand the case over to."""

    def __init__(self, *args: Any, case: Case, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = ColleagueField(case=case, label=label)


class PictureForm(forms.Form):
    """A picture with what it shows."""

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
        help_text=_("Place and camera are removed. Do not show patients, pupils or others who can be recognised."),
    )
    alternative_text = forms.CharField(
        label=_("What the picture shows"),
        max_length=300,
        help_text=_("One sentence for those who do not see it: “A phone shows that bed 12 is empty”."),
    )
    caption = forms.CharField(label=_("Caption"), required=False, max_length=300)

    def clean_picture(self) -> CleanPhoto:
        file = self.cleaned_data["picture"]
        return clean_photo(file, size=file.size or 0)


class DocumentForm(forms.Form):
    """A file that a neighbour can use."""

    document = forms.FileField(
        label=pgettext_lazy("case", "Document"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, CSV or plain text, 20 MB at most."),
    )

    def clean_document(self) -> CleanDocument:
        file = self.cleaned_data["document"]
        return clean_document(file, name=file.name or "", size=file.size or 0)


class NameForm(ColleagueForm):
    """Somebody to be named as the contact, until a day."""

    def __init__(self, *args: Any, case: Case, draft: Draft, **kwargs: Any) -> None:
        person = draft.contact_person
        initial = {
            "person": person.email if person else "",
            "until": draft.contact_until or clock.today() + timedelta(days=365),
        }
        kwargs["initial"] = initial
        super().__init__(*args, case=case, label=_("E-mail address of the person"), **kwargs)
        self.fields["until"] = UntilField()


class UntilField(forms.DateField):
    """The last day with the name."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Last day with the name"),
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            help_text=_("A year from now at most. After that day the role stands alone."),
        )


class ConsentForm(forms.Form):
    """The person's own yes."""

    until = UntilField()


class ReplacementField(forms.CharField):
    """Another published case, by its address or the end of it."""

    def __init__(self, *, case: Case) -> None:
        super().__init__(
            label=_("Address of the example that replaces it"),
            required=False,
            max_length=300,
            help_text=_("Leave it empty if none does. Readers who come to the old address are led to it."),
        )
        self.case = case

    def clean(self, value: Any) -> Case | None:
        slug = urlsplit(super().clean(value).strip()).path.rstrip("/").rpartition("/")[2]
        if not slug:
            return None
        found = published_cases([slug])
        if not found or found[0].pk == self.case.pk:
            raise ValidationError(_("No other example is published there. Copy its address from the page."))
        return found[0]


class StepForm(forms.Form):
    """A step of a case.

    Takes: reason, what is asked for, None where nothing is; publishes and withdraws, whether it does.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        case: Case,
        draft: Draft,
        reason: Any = None,
        publishes: bool,
        withdraws: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = {"version": case.version, "revision": draft.revision}
        super().__init__(*args, **kwargs)
        if reason:
            self.fields["reason"] = forms.CharField(
                label=reason, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
            )
        if withdraws:
            self.fields["replaced_by"] = ReplacementField(case=case)
        if publishes:
            # What the editor has read: written on meanwhile, it is not published unseen.
            self.fields["revision"] = forms.IntegerField(widget=forms.HiddenInput)
            self.fields["note"] = forms.CharField(
                label=_("What is new, in a sentence"),
                required=False,
                max_length=300,
                help_text=_("For those who read an earlier edition. Leave it empty for the first."),
            )

    def arguments(self) -> dict[str, Any]:
        """The step's own arguments."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
