"""Forms of everyday work. Each has a key, to be kept once, and what was read, so that nothing is overwritten."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.accounts.models import User
from grobunn.capacity.kinds import HOURS, Kind
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.models import Initiative, Level, Milestone, Task
from grobunn.initiatives.queries.helpers import close_to
from grobunn.initiatives.queries.phases import method_for
from grobunn.kernel import ids
from grobunn.kernel.uploads import ACCEPT, CleanDocument, clean_document
from grobunn.organisations.queries import member_by_email


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def line_field(label: Any, *, most: int, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A line of text, without national identity numbers."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        validators=[validate_no_identity_number],
    )


def words_field(label: Any, *, most: int, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    """Some sentences, without national identity numbers."""
    field = line_field(label, most=most, required=required, help_text=help_text)
    field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": most})
    return field


class PartForm(forms.Form):
    """What every form of a part has. Takes: initiative, whose part it is."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args: Any, initiative: Initiative, actor: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": ids.new_id(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.initiative = initiative
        self.actor = actor

    def fields_of_part(self) -> dict[str, Any]:
        """What the part says, cleaned."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("key", "seen")}


class ColleagueField(forms.EmailField):
    """Somebody who works in the municipality, by their address."""

    def __init__(self, *, initiative: Initiative, **options: Any) -> None:
        super().__init__(widget=forms.EmailInput(attrs={"autocomplete": "off"}), **options)
        self.initiative = initiative

    def clean(self, value: Any) -> User | None:
        address = super().clean(value)
        if not address:
            return None
        user = member_by_email(self.initiative.municipality_id, address)
        if user is None:
            raise ValidationError(_("Nobody with that address works in the municipality."), code="unknown")
        return user


class MilestoneForm(PartForm):
    """A milestone. Its day is moved on a page of its own, with a reason."""

    title = line_field(_("What is there when it is reached?"), most=200)
    due_on = day_field(_("By when"))

    def __init__(self, *args: Any, part: Milestone | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if part is not None:
            del self.fields["due_on"]


class MoveForm(PartForm):
    """Another day for a milestone."""

    to = day_field(_("New day"))
    reason = line_field(_("Why"), most=300, help_text=_("One sentence. Everybody who reads the initiative sees it."))


class TaskForm(PartForm):
    """A task, and who does it."""

    title = line_field(_("What is to be done?"), most=200)
    assignee = forms.ChoiceField(label=_("Who does it"), required=False)
    due_on = day_field(_("By when"), required=False)

    def __init__(self, *args: Any, part: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"] = ColleagueField(
            initiative=self.initiative,
            label=_("Or a colleague, by e-mail address"),
            required=False,
        )
        self.order_fields(["title", "assignee", "colleague", "due_on"])
        near = close_to(self.initiative, also=(part.assignee_id if part else None) or self.actor.pk)
        self._near = {str(user.pk): user for user in near}
        named = [(key, user.name) for key, user in self._near.items()]
        self.fields["assignee"].choices = [("", _("Nobody yet")), *named]  # type: ignore[attr-defined]

    def fields_of_part(self) -> dict[str, Any]:
        """With the person, whichever way they were named."""
        given = super().fields_of_part()
        colleague = given.pop("colleague")
        return {**given, "assignee": colleague or self._near.get(given["assignee"])}


class RiskForm(PartForm):
    """A risk: how likely, how grave, and what is done about it."""

    text = line_field(_("What may go wrong?"), most=300)
    likelihood = forms.TypedChoiceField(
        label=_("How likely is it?"), choices=Level.choices, coerce=int, initial=Level.MIDDLE, widget=forms.RadioSelect
    )
    gravity = forms.TypedChoiceField(
        label=_("How grave would it be?"),
        choices=Level.choices,
        coerce=int,
        initial=Level.MIDDLE,
        widget=forms.RadioSelect,
    )
    measure = line_field(_("What do we do about it?"), most=300, required=False)

    def __init__(self, *args: Any, part: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class EntryForm(PartForm):
    """A line of the log."""

    text = words_field(_("What happened?"), most=2000, rows=2, help_text=_("A plain sentence or two."))

    def __init__(self, *args: Any, part: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class AttachmentForm(PartForm):
    """A file or a text, perhaps one that the method asks for."""

    hand_in = forms.ChoiceField(label=_("What it is"), required=False)
    title = line_field(_("Name"), most=200, required=False, help_text=_("Left empty, it gets the name of the file."))
    document = forms.FileField(
        label=pgettext_lazy("initiative", "File"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
        help_text=_("PDF, Word, Excel, PowerPoint, OpenDocument, CSV or plain text, 20 MB at most."),
    )
    text = words_field(_("Or write it here"), most=20_000, rows=8, required=False)

    def __init__(self, *args: Any, part: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = [(each.key, each.name) for phase in method_for(self.initiative).phases for each in phase.hand_ins]
        self._names = dict(asked)
        choices = self.fields["hand_in"]
        choices.choices = [("", pgettext_lazy("file", "Something else")), *self._names.items()]  # type: ignore[attr-defined]

    def clean_document(self) -> CleanDocument | None:
        file = self.cleaned_data["document"]
        return clean_document(file, name=file.name or "", size=file.size or 0) if file else None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        has_something = given.get("document") or given.get("text", "").strip() or "document" in self.errors
        if not has_something:
            self.add_error("document", ValidationError(_("Choose a file, or write the text below."), code="required"))
        if not given.get("title") and given.get("hand_in"):
            given["title"] = str(self._names[given["hand_in"]])
        elif not given.get("title") and given.get("text") and not given.get("document"):
            self.add_error("title", ValidationError(_("Give the text a name."), code="required"))
        return given


class HelperForm(PartForm):
    """A colleague who is to help, and with what."""

    kind = forms.ChoiceField(label=_("With what"), choices=[(kind.value, kind.label) for kind in Kind if kind in HOURS])

    def __init__(self, *args: Any, part: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = ColleagueField(
            initiative=self.initiative,
            label=_("E-mail address of a colleague"),
            help_text=_("They are told, and see the initiative from now on."),
        )
        self.order_fields(["person", "kind"])


FormMaker = Callable[..., PartForm]
