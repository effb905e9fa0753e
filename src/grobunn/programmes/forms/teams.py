"""Forms of teams."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.accounts.models import User
from grobunn.ideas.models import Idea
from grobunn.ideas.queries.ideas import ideas_for
from grobunn.ideas.states import OPEN, IdeaState
from grobunn.ideas.validators import validate_no_identity_number
from grobunn.kernel import ids
from grobunn.kernel.actors import Actor
from grobunn.methods.shapes import Method
from grobunn.organisations.models import Role, RoleAssignment
from grobunn.programmes.forms.fields import DocumentField
from grobunn.programmes.models import Cohort, Facilitator, Team
from grobunn.programmes.queries.teams import members_of, without_a_team
from grobunn.programmes.services.teams import MOST_WISHES

# So many ideas can be looked over in a list; the newest first.
MOST_IDEAS = 200


def ideas_to_choose(cohort: Cohort, actor: Actor, *, taken_by: Team | None = None) -> Any:
    """Ideas of the municipality that a team may work on: not finished, seen by the reader, on no other team."""
    others = Team.objects.filter(cohort=cohort, dissolved_at=None).exclude(idea=None)
    worked_on = (others.exclude(pk=taken_by.pk) if taken_by else others).values("idea_id")
    seen = ideas_for(actor).filter(municipality_id=cohort.municipality_id, state__in=[*OPEN, IdeaState.PARKED])
    return seen.exclude(pk__in=worked_on).order_by("-id")


class TeamForm(forms.Form):
    """A team: its name, its idea, its coach, its members. Takes: team, None for a new one."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("What is the team called?"), max_length=120)
    idea: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Which idea does it work on?"), queryset=None, required=False, empty_label=_("None yet")
    )
    coach: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("Who coaches it?"), queryset=None, required=False, empty_label=_("Nobody yet")
    )
    members = forms.MultipleChoiceField(
        label=_("Who is on it?"),
        help_text=_("Participants who are on no other team. The first leads the team."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, cohort: Cohort, actor: Actor, team: Team | None = None, **kwargs: Any) -> None:
        on_it = [each.enrolment for each in members_of(team)] if team else []
        if team is not None:
            kwargs["initial"] = {
                "version": team.version,
                "name": team.name,
                "idea": team.idea_id,
                "coach": team.coach_id,
                "members": [str(each.pk) for each in on_it],
            }
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in [*on_it, *without_a_team(cohort)]}
        fields: Any = self.fields
        ideas = ideas_to_choose(cohort, actor, taken_by=team)
        newest = list(ideas.values_list("pk", flat=True)[:MOST_IDEAS])
        kept = [team.idea_id] if team and team.idea_id else []
        fields["idea"].queryset = Idea.objects.filter(pk__in=[*newest, *kept]).order_by("-id")
        fields["idea"].label_from_instance = lambda idea: idea.heading
        advisers = RoleAssignment.objects.filter(
            municipality_id=cohort.municipality_id, role=Role.INNOVATION_ADVISER
        ).values("user_id")
        leads = Facilitator.objects.filter(gathering__cohort=cohort).exclude(user=None).values("user_id")
        coaches = User.objects.filter(pk__in=advisers) | User.objects.filter(pk__in=leads)
        if team is not None and team.coach_id:
            coaches = coaches | User.objects.filter(pk=team.coach_id)
        fields["coach"].queryset = coaches.filter(is_active=True).order_by("name")
        fields["coach"].label_from_instance = lambda user: user.name
        fields["members"].choices = [
            (key, f"{each.name}, {each.unit.name}" if each.unit else each.name) for key, each in self.people.items()
        ]
        if not self.people:
            fields["members"].help_text = _("Everybody who takes part is on a team already.")

    def said(self) -> dict[str, Any]:
        """What was chosen, as the service takes it."""
        given = self.cleaned_data
        kept = {name: given[name] for name in ("name", "idea", "coach")}
        return {**kept, "members": [self.people[key] for key in given["members"]]}


class InterestForm(forms.Form):
    """Up to three ideas that somebody would like to work on, the first wish first."""

    def __init__(
        self, *args: Any, cohort: Cohort, actor: Actor, wishes: list[Any] | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {f"wish_{order}": wish for order, wish in enumerate(wishes or [], start=1)}
        super().__init__(*args, **kwargs)
        newest = list(ideas_to_choose(cohort, actor).values_list("pk", flat=True)[:MOST_IDEAS])
        ideas = Idea.objects.filter(pk__in=[*newest, *(wishes or [])]).order_by("-id")
        for order in range(1, MOST_WISHES + 1):
            field: Any = forms.ModelChoiceField(
                label=_("Wish number %(number)s") % {"number": order}, queryset=ideas, required=False
            )
            field.label_from_instance = lambda idea: idea.heading
            self.fields[f"wish_{order}"] = field

    def ideas(self) -> list[Idea]:
        """The ideas in the order of the wishes, each once."""
        return list(dict.fromkeys(idea for idea in self.cleaned_data.values() if idea is not None))


class PhaseForm(forms.Form):
    """Which phase a team is in."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    phase = forms.ChoiceField(label=_("Phase"))

    def __init__(self, *args: Any, team: Team, method: Method, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": team.version, "phase": team.phase}
        super().__init__(*args, **kwargs)
        field: Any = self.fields["phase"]
        field.choices = [(each.key, each.name) for each in method.phases]


class HandInForm(forms.Form):
    """What a team hands in."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    sort = forms.SlugField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("What you hand in"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        validators=[validate_no_identity_number],
    )
    file = DocumentField()

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError with neither."""
        values = super().clean() or {}
        if not values.get("text") and not values.get("file") and not self.errors:
            self.add_error("text", _("Write what you hand in, or choose a file."))
        return values

    @staticmethod
    def of(sort: str, *, text: str = "") -> "HandInForm":
        """An empty form for one sort, or with what was handed in last."""
        return HandInForm(initial={"key": ids.new_id(), "sort": sort, "text": text}, auto_id=f"{sort}_%s")
