"""What is drawn ahead, so that whoever opens a page first does not wait for it."""

from uuid import UUID

from django_scopes import scope

from grobunn.juries.events import ScoresChanged, ScoresReleased
from grobunn.juries.models import Panel
from grobunn.juries.shown.ahead import draw_results
from grobunn.kernel.events import subscribe


@subscribe(ScoresReleased)
def draw_released(event: ScoresReleased) -> None:
    """The charts of the results, in the moment they may be seen."""
    _draw(event.panel_id, event.municipality_id)


@subscribe(ScoresChanged)
def draw_late(event: ScoresChanged) -> None:
    """The same when a score came that was given before the release; before that nothing is drawn."""
    _draw(event.panel_id, event.municipality_id)


def _draw(panel_id: UUID, municipality_id: UUID) -> None:
    with scope(municipality=municipality_id):
        panel = Panel.objects.select_related("municipality").filter(pk=panel_id).first()
        if panel is not None:
            draw_results(panel)
