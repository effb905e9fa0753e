"""What the writer changes before anybody has taken the idea up; earlier wordings stay readable."""

from django.db import transaction

from grobunn.ideas.models import Idea
from grobunn.ideas.states import MESSAGES
from grobunn.ideas.validators import validate_no_identity_number, validate_text
from grobunn.kernel import audit, permissions
from grobunn.kernel.actors import Actor
from grobunn.kernel.statemachine import SomebodyWasFirst
from grobunn.search.services import index


def edit_idea(idea: Idea, *, actor: Actor, text: str, title: str, kind: str, visibility: str) -> Idea:
    """Change an idea that nobody has taken up.

    Raises:  PermissionDenied; ValidationError; SomebodyWasFirst if it moved meanwhile.
    Effects: row (the database keeps the earlier wording), audit, search index.
    """
    permissions.check("ideas.edit", actor, idea)
    validate_text(text)
    validate_no_identity_number(title)
    fields = {"text": text.strip(), "title": title.strip(), "kind": kind, "visibility": visibility}
    with transaction.atomic():
        unmoved = Idea.objects.filter(pk=idea.pk, version=idea.version, state=idea.state)
        if not unmoved.update(**fields, version=idea.version + 1):
            raise SomebodyWasFirst(MESSAGES.somebody_was_first)
        audit.record("ideas.edit", actor=actor, subject=idea, municipality_id=idea.municipality_id)
        index("idea", idea.pk)
    idea.refresh_from_db()
    return idea
