"""The families of parts that have a page each, and what is special about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from grobunn.initiatives.forms import work as forms
from grobunn.initiatives.models import Attachment, Entry, Initiative, Milestone, Risk, Task
from grobunn.initiatives.queries import work as reads
from grobunn.initiatives.services import attachments, parts, tasks
from grobunn.initiatives.services.parts import Part
from grobunn.kernel.actors import Actor


@dataclass(frozen=True)
class Family:
    """One sort of parts with a page of its own.

    Takes: name, of its addresses and templates; add and change, what keeps the cleaned form; on_page, the anchor of
           its section on the page of the initiative, "" where it has none.
    """

    name: str
    part_type: type[Part]
    title: Promise
    lead: Promise
    add_label: Promise
    form: forms.FormMaker
    rows: Callable[[Initiative], QuerySet[Any]]
    add: Callable[[Initiative, forms.PartForm, Actor], object]
    change: Callable[[Any, forms.PartForm, Actor], object]
    on_page: str = ""
    is_changed: bool = True

    @property
    def template(self) -> str:
        """What shows one row."""
        return f"initiatives/work/_{self.name}.html"


def _add(part_type: type[Any]) -> Callable[[Initiative, forms.PartForm, Actor], object]:
    def add(initiative: Initiative, form: forms.PartForm, actor: Actor) -> object:
        key = form.cleaned_data["key"]
        return parts.add(part_type, initiative, key=key, actor=actor, fields=form.fields_of_part())

    return add


def _change(part: Any, form: forms.PartForm, actor: Actor) -> object:
    return parts.change(part, seen=form.cleaned_data["seen"], actor=actor, fields=form.fields_of_part())


def _add_task(initiative: Initiative, form: forms.PartForm, actor: Actor) -> object:
    return tasks.add_task(initiative, key=form.cleaned_data["key"], actor=actor, **form.fields_of_part())


def _change_task(task: Task, form: forms.PartForm, actor: Actor) -> object:
    return tasks.change_task(task, seen=form.cleaned_data["seen"], actor=actor, fields=form.fields_of_part())


def _attach(initiative: Initiative, form: forms.PartForm, actor: Actor) -> object:
    return attachments.attach(initiative, key=form.cleaned_data["key"], actor=actor, **form.fields_of_part())


FAMILIES: Mapping[str, Family] = {
    family.name: family
    for family in (
        Family(
            name="milestones",
            part_type=Milestone,
            title=_("Milestones"),
            lead=_("What is to be there, and by when. A day that moves says why."),
            add_label=_("Add a milestone"),
            form=forms.MilestoneForm,
            rows=reads.milestones_of,
            add=_add(Milestone),
            change=_change,
            on_page="next",
        ),
        Family(
            name="tasks",
            part_type=Task,
            title=pgettext_lazy("initiative", "Tasks"),
            lead=_("What is to be done, and who does it."),
            add_label=_("Add a task"),
            form=forms.TaskForm,
            rows=reads.tasks_of,
            add=_add_task,
            change=_change_task,
            on_page="tasks",
        ),
        Family(
            name="risks",
            part_type=Risk,
            title=_("Risks"),
            lead=_("What may go wrong, and what is done about it."),
            add_label=_("Add a risk"),
            form=forms.RiskForm,
            rows=reads.risks_of,
            add=_add(Risk),
            change=_change,
        ),
        Family(
            name="files",
            part_type=Attachment,
            title=_("Files and hand-ins"),
            lead=_("What the work stands on, and what the phases ask for."),
            add_label=_("Add a file or a text"),
            form=forms.AttachmentForm,
            rows=reads.attachments_of,
            add=_attach,
            change=_change,
            is_changed=False,
        ),
        Family(
            name="log",
            part_type=Entry,
            title=pgettext_lazy("initiative", "Log"),
            lead=_("What happened, in plain sentences."),
            add_label=_("Write in the log"),
            form=forms.EntryForm,
            rows=reads.entries_of,
            add=_add(Entry),
            change=_change,
            on_page="life",
        ),
    )
}
