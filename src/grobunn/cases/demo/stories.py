"""Cases made up for the demonstration, written and moved by the services with the clock moved; nobody is told."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django_scopes import scope

from grobunn.accounts.demo import key_of, person
from grobunn.cases.models import Case
from grobunn.cases.packaged import packaged_yaml
from grobunn.cases.services.co_authors import add_co_author
from grobunn.cases.services.comments import add_section_comment, settle_section_comment
from grobunn.cases.services.drafts import save_draft
from grobunn.cases.services.start import Beginning, start_case
from grobunn.cases.services.steps import draft_of, move_case
from grobunn.kernel import clock, events
from grobunn.organisations.models import Municipality
from grobunn.search.services import index_many

Story = Mapping[str, Any]
# Between the beginning and the publishing.
DAYS_OF_WRITING = 7


def tell_stories() -> None:
    """Make the cases that are not there."""
    with events.withheld():
        told = [case for story in packaged_yaml("demo.yaml") if (case := _told(story)) is not None]
    index_many("case", [case.pk for case in told])


def _told(story: Story) -> Case | None:
    municipality = Municipality.objects.get(slug=story["municipality"])
    with scope(municipality=municipality.pk):
        if Case.objects.filter(external_id=story["id"]).exists():
            return None
        begun_at = clock.now() - timedelta(days=story["begun_days_ago"])
        with clock.moved_to(begun_at):
            case = _begun(municipality, story)
        _written(case, story, begun_at)
        return case


def _begun(municipality: Municipality, story: Story) -> Case:
    beginning = Beginning(title=story["title"], kind=story["kind"], language=municipality.language)
    case = start_case(municipality, beginning=beginning, actor=person(story["owner"]))
    Case.objects.filter(pk=case.pk).update(external_id=story["id"], is_synthetic=True)
    return case


def _written(case: Case, story: Story, begun_at: datetime) -> None:
    owner, editor = person(story["owner"]), person(story.get("editor", "adviser"))
    with clock.moved_to(min(begun_at + timedelta(days=DAYS_OF_WRITING), clock.now())):
        save_draft(case, actor=owner, revision=draft_of(case).revision, changes=story["content"])
        for name in story.get("co_authors", ()):
            add_co_author(case, user=person(name), actor=owner)
        for step in story.get("steps", ()):
            move_case(case, step, actor=owner if step == "send_for_review" else editor)
        for number, said in enumerate(story.get("comments", ())):
            key = key_of("cases", f"{story['id']}/{number}")
            comment = add_section_comment(
                case, section=said["section"], text=said["text"], actor=person(said["by"]), key=key
            )
            if said.get("is_settled"):
                settle_section_comment(case, comment.pk, actor=owner)
