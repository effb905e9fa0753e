"""The words of a story, and the words of its pictures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.ideas.images import CleanPhoto, clean_photo
from grobunn.kernel import ids
from grobunn.stories.models import ALT_LENGTH, LEAD_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Story
from grobunn.stories.services.write import StoryWords

# In their own languages: whoever writes nynorsk finds nynorsk.
_LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))
_WORDS = ("title", "lead", "text", "tags", "language", "source", "source_url")


class StoryForm(forms.Form):
    """A story's words; a draft needs no more than a title."""

    title = forms.CharField(
        label=_("Title"), max_length=TITLE_LENGTH, error_messages={"required": _("Give the story a title first.")}
    )
    lead = forms.CharField(
        label=_("Lead"),
        max_length=LEAD_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two or three sentences that say what it is about. Lists, search and the newsletter show them."),
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=TEXT_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("An empty line makes a new paragraph. Leave out names and health information about others."),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=400,
        help_text=_("Separated by commas, such as: school, welfare technology"),
    )
    language = forms.ChoiceField(label=_("Language of the story"), choices=_LANGUAGES)
    source = forms.CharField(
        label=_("Retold from"),
        required=False,
        max_length=300,
        help_text=_("Where the facts are from and of which day, if the story is not told first-hand."),
    )
    source_url = forms.URLField(label=_("Address of the source"), required=False, max_length=500, assume_scheme="https")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def filled_from(cls, story: Story, sent: Any = None) -> "StoryForm":
        """The form with what a story says now."""
        says = {name: getattr(story, name) for name in _WORDS}
        return cls(sent, initial={**says, "tags": ", ".join(story.tags), "version": story.version})

    def words(self) -> StoryWords:
        """What was sent, as the service takes it."""
        return StoryWords(**{name: self.cleaned_data[name] for name in _WORDS})


class BeginForm(StoryForm):
    """A new story; `key` makes it one story however often it is sent."""

    is_shown = forms.BooleanField(
        label=_("Show my name and role as the author"),
        required=False,
        help_text=_("Your choice, and you can change it at any time. Otherwise the municipality stands as the sender."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": ids.new_id(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class PictureWordsForm(forms.Form):
    """What stands with a picture."""

    alt = forms.CharField(
        label=_("What does the picture show?"),
        max_length=ALT_LENGTH,
        help_text=_("Read aloud to those who do not see it. Say what matters for the story, in a sentence."),
        error_messages={"required": _("Say what the picture shows, for those who do not see it.")},
    )
    caption = forms.CharField(
        label=_("Caption"), max_length=ALT_LENGTH, required=False, help_text=_("Shown under the picture.")
    )


class PhotoField(forms.FileField):
    """One picture, checked and made anew; `clean` gives a `CleanPhoto`."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> CleanPhoto:
        file = super().clean(data, initial)
        return clean_photo(file, size=file.size or 0)


class PictureForm(PictureWordsForm):
    """A new picture."""

    picture = PhotoField(
        label=_("Picture"),
        help_text=_("Place and camera are removed. Show nobody who can be recognised without their consent."),
        error_messages={"required": _("Choose a picture first.")},
    )
    field_order = ("picture", "alt", "caption")


class AuthorForm(forms.Form):
    """Somebody to name as an author."""

    email = forms.EmailField(
        label=_("E-mail address of a colleague"),
        help_text=_("They are told, and are shown only if they say yes."),
    )


class LookForm(forms.Form):
    """Words to look for something that a story is about."""

    q = forms.CharField(label=_("What is the story about?"), required=False, max_length=200)


class AddressForm(forms.Form):
    """Where a newsletter is sent."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write the address that the newsletter should go to.")},
    )
