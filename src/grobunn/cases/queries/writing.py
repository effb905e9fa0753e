"""What those who write a case see of it: what is written, what is missing, what others say, what readers see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from grobunn.accounts.models import User
from grobunn.cases.contents import EDITION_FIELDS, as_edition
from grobunn.cases.guards import NotReady
from grobunn.cases.lix import Readability, readability_of
from grobunn.cases.models import Case, CoAuthor, Draft, Edition, SectionComment
from grobunn.cases.parts import BY_FIELD, PARTS, Part
from grobunn.cases.sections import Section
from grobunn.cases.states import CASES
from grobunn.ideas.queries.wordings import Part as WordingPart
from grobunn.ideas.queries.wordings import compared

_TEXTS = ("title", "lead", *Section.values)


@dataclass(frozen=True)
class PartState:
    """One part of a draft: whether anything is written, how it reads, how many comments are open."""

    part: Part
    is_written: bool
    readability: Readability
    open_comments: int


@dataclass(frozen=True)
class Missing:
    """Something without which the case cannot be published, and the part where it is written (None: who is named)."""

    message: str
    part: Part | None


@dataclass(frozen=True)
class TextChange:
    """What became of one text between two versions."""

    label: str
    parts: Sequence[WordingPart]


def writable_case(municipality_id: UUID, slug: str) -> Case:
    """A case of a municipality, in any state. Raises: Case.DoesNotExist."""
    return Case.objects.select_related("municipality", "origin", "owner", "idea").get(
        municipality_id=municipality_id, slug=slug
    )


def part_states(draft: Draft) -> list[PartState]:
    """Every part of a draft in order; one SQL for the comments."""
    open_comments = dict(
        SectionComment.objects.filter(case_id=draft.case_id, settled_at=None)
        .values_list("section")
        .annotate(count=Count("id"))
    )
    return [
        PartState(
            part=part,
            is_written=_is_written(draft, part),
            readability=readability_of(getattr(draft, part.section) if part.section else draft.lead),
            open_comments=open_comments.get(part.section, 0),
        )
        for part in PARTS
    ]


def _is_written(draft: Draft, part: Part) -> bool:
    if part.slug == "om":
        return bool(draft.title and draft.lead)
    if part.section == Section.CONTACT:
        return bool(draft.contact_role)
    # A stage is chosen from the start: it does not make the facts written.
    return any(getattr(draft, name) not in (None, "", []) for name in part.fields if name != "stage")


def missing_in(case: Case, draft: Draft) -> list[Missing]:
    """All that stands between a draft and its publishing, in the order in which the step asks for it."""
    missing = []
    for guard in CASES.by_name["publish"].guards:
        try:
            guard(case, {"draft": draft})
        except NotReady as refusal:
            missing.append(Missing(message=str(refusal.message), part=_part_of(refusal.field)))
    return missing


def _part_of(field: str) -> Part | None:
    """The part of a field; who is named and until when stands on a page of its own."""
    return None if field in {"contact", "contact_until"} else BY_FIELD[field]


def co_authors_of(case: Case) -> list[User]:
    """Who writes the case with its owner, by name."""
    rows = CoAuthor.objects.filter(case=case).select_related("user").order_by("user__name", "id")
    return [row.user for row in rows]


def comments_on(case: Case, section: str) -> list[SectionComment]:
    """What was said about a section: what is open first, then what is settled, each oldest first."""
    comments = SectionComment.objects.filter(case=case, section=section).select_related("writer")
    return sorted(comments, key=lambda comment: (comment.settled_at is not None, comment.written_at))


def editions_with_writers(case: Case) -> list[Edition]:
    """The editions of a case, newest first."""
    return list(Edition.objects.filter(case=case).select_related("published_by").order_by("-number"))


def changes_in_edition(case: Case, number: int) -> list[TextChange]:
    """What an edition changed in the texts of the one before it; everything is new in the first.

    Raises: Edition.DoesNotExist.
    """
    edition = Edition.objects.get(case=case, number=number)
    before = Edition.objects.filter(case=case, number__lt=number).order_by("-number").first()
    return _changes(before.content if before else {}, edition.content)


def changes_since_published(case: Case, draft: Draft) -> list[TextChange]:
    """What the draft would change in the texts that readers see."""
    return _changes(as_edition(case), as_edition(draft))


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[TextChange]:
    texts = [
        TextChange(label=_label(name), parts=parts)
        for name in _TEXTS
        if (parts := compared(str(before.get(name, "")), str(after.get(name, ""))))
    ]
    # Facts are few and short: that they changed is said, the pages show what they are.
    facts = [name for name in EDITION_FIELDS if name not in _TEXTS and before.get(name) != after.get(name)]
    labels = dict.fromkeys(str(BY_FIELD[name].label) for name in facts if name in BY_FIELD and before)
    return texts + [TextChange(label=label, parts=()) for label in labels]


def _label(name: str) -> str:
    return str(Section(name).label) if name in Section.values else str(BY_FIELD[name].label)
