"""One form per step in the life of an initiative; each knows its own service."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.forms.need import NeedForm
from grobunn.capacity.quarters import Quarter
from grobunn.capacity.queries.room import Line, moved_by
from grobunn.capacity.services.reserve import list_reservations
from grobunn.ideas.queries.life import holder_phrase
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.initiatives.models import Initiative
from grobunn.initiatives.queries.leaders import leaders_of
from grobunn.initiatives.services import ends, owners, planning
from grobunn.initiatives.states import MESSAGES
from grobunn.kernel import clock
from grobunn.kernel.actors import Actor
from grobunn.kernel.models import StateChange
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.organisations.models import LEADER_LINE, Role
from grobunn.organisations.queries import open_units

# So far a plan is moved by one press; further, each figure is written.
FURTHEST_MOVE = 8


class StepForm(forms.Form):
    """What the form of every step has; each in `FORMS` says how its step is done."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, initiative: Initiative, actor: Actor, moved: int = 0, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": initiative.version, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.initiative = initiative
        self.actor = actor
        self.need: NeedForm | None = self.need_form(args[0] if args else None, moved)

    def need_form(self, data: Any, moved: int) -> NeedForm | None:
        """The figures that stand beside the fields, if the step asks for capacity."""
        return None

    def is_valid(self) -> bool:
        return super().is_valid() and (self.need is None or self.need.is_valid())

    @property
    def told(self) -> dict[str, Any]:
        """What every step's service takes; what was typed goes by the same name there."""
        typed = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return {"actor": self.actor, **typed}

    def perform(self) -> StateChange:
        """Do it. Raises: what the service raises."""
        # Abstract: a form's metaclass leaves no room for that of an abstract class.
        raise NotImplementedError

    def compare(self) -> None:
        """Refuse what was looked at before somebody else did something. Raises: SomebodyWasFirst."""
        version = self.cleaned_data.get("version")
        if version is not None and version != self.initiative.version:
            raise SomebodyWasFirst(MESSAGES.somebody_was_first)


def _words(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        validators=[validate_no_identity_number],
    )


def _day(label: Any, *, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class _LeaderForm(StepForm):
    """Chooses a leader: a person in a role."""

    leader = forms.ChoiceField(label=_("Who owns it now?"), help_text=_("A leader in the line. They are asked."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = (self.initiative.owner_id, self.initiative.owner_role, self.initiative.owner_unit_id)
        is_owned = not self.initiative.is_finished
        found = leaders_of(self.initiative.municipality_id)
        self.leaders = {
            str(each.pk): each for each in found if not (is_owned and (each.user_id, each.role, each.unit_id) == now)
        }
        choices = [
            (key, f"{each.user.name}, {holder_phrase(each.role, each.unit.name)}") for key, each in self.leaders.items()
        ]
        self.fields["leader"].choices = [("", _("Choose a leader")), *choices]  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, Any]:
        given = super().told
        leader = self.leaders[given.pop("leader")]
        return {**given, "user": leader.user, "role": leader.role, "unit": leader.unit}


class GiveForm(_LeaderForm):
    reason = _words(_("A word to the new owner"), required=False)

    def perform(self) -> StateChange:
        given = self.told
        return owners.change_owner(self.initiative, to=given.pop("user"), **given)


class ReopenForm(_LeaderForm):
    reason = _words(_("Why is it opened again?"))

    def perform(self) -> StateChange:
        given = self.told
        return ends.reopen(self.initiative, owner=given.pop("user"), **given)


class AcceptForm(StepForm):
    def perform(self) -> StateChange:
        return owners.accept_owner(self.initiative, actor=self.actor)


class ReplanForm(StepForm):
    reason = _words(
        _("Why is it planned anew?"), required=False, help_text=_("Read by everybody who follows the initiative.")
    )

    def need_form(self, data: Any, moved: int) -> NeedForm:
        held = [
            Line(source=row.source, quarter=Quarter.of(row.quarter_on), amount=row.amount)
            for row in list_reservations(self.initiative.pk)
            if Quarter.of(row.quarter_on) >= Quarter.now()
        ]
        if held:
            # Nothing is held in a quarter that has passed.
            earliest = Quarter.now() - min(line.quarter for line in held)
            held = moved_by(held, max(min(moved, FURTHEST_MOVE), earliest))
        return _need(self, data, held)

    def perform(self) -> StateChange:
        return planning.replan(self.initiative, lines=_lines(self), **self.told)


class ResumeForm(StepForm):
    reason = _words(_("What has changed?"), required=False)

    def need_form(self, data: Any, moved: int) -> NeedForm:
        lines = moved_by(planning.held_before_pause(self.initiative), max(0, min(moved, FURTHEST_MOVE)))
        return _need(self, data, lines)

    def perform(self) -> StateChange:
        return planning.resume(self.initiative, lines=_lines(self), **self.told)


def _need(form: StepForm, data: Any, lines: list[Line]) -> NeedForm:
    initiative = form.initiative
    written = {name.removeprefix("need-"): value for name, value in form.initial.items()}
    return NeedForm(data, unit=initiative.unit, lines=lines, without=initiative.pk, prefix="need", initial=written)


def _lines(form: StepForm) -> list[Line]:
    return form.need.lines() if form.need is not None else []


class PauseForm(StepForm):
    until = _day(_("Until"), help_text=_("On this day the owner is asked whether it goes on."))
    reason = _words(_("Why does it wait?"), help_text=_("The writers of the ideas behind it read this."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].widget.attrs["min"] = (clock.today() + timedelta(days=1)).isoformat()

    def perform(self) -> StateChange:
        return planning.pause(self.initiative, **self.told)


class OperateForm(StepForm):
    runs_role = forms.ChoiceField(
        label=_("Who runs it now?"), choices=[(Role(each).value, Role(each).label) for each in LEADER_LINE]
    )
    runs_unit: forms.ModelChoiceField = forms.ModelChoiceField(label=_("In which unit?"), queryset=None)
    since = _day(_("Since when?"))
    reason = _words(
        _("A few words about what is different now"),
        required=False,
        help_text=_("The writers of the ideas behind it read this."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initiative: Initiative = kwargs["initiative"]
        kwargs["initial"] = {
            "runs_role": initiative.owner_role,
            "runs_unit": initiative.unit_id,
            "since": clock.today(),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        units = open_units(initiative.municipality_id).order_by("name")
        self.fields["runs_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["since"].widget.attrs["max"] = clock.today().isoformat()

    def perform(self) -> StateChange:
        return ends.put_in_operation(self.initiative, **self.told)


class LearnForm(StepForm):
    tried = _words(_("What did you try?"), rows=4, help_text=_("For whom, how long, and what did you do differently?"))
    learned = _words(
        _("What did you learn?"),
        rows=4,
        help_text=_(
            "“We tried, it had no effect, we learned that …” is a good answer. The next one is spared the same."
        ),
    )

    def clean(self) -> dict[str, Any]:
        for name in ("tried", "learned"):
            if name in self.cleaned_data and len(self.cleaned_data[name].split()) < 2:
                self.add_error(name, ValidationError(_("A few words more, so that somebody else can learn from it.")))
        return self.cleaned_data

    def perform(self) -> StateChange:
        return ends.finish_learned(self.initiative, **self.told)


FORMS: dict[str, type[StepForm]] = {
    "change_owner": GiveForm,
    "accept_owner": AcceptForm,
    "replan": ReplanForm,
    "pause": PauseForm,
    "resume": ResumeForm,
    "put_in_operation": OperateForm,
    "finish_learned": LearnForm,
    "reopen": ReopenForm,
}
