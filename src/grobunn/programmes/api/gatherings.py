"""Gatherings over the API: when a cohort meets, where, what is on each day, who leads it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_scopes import scope
from ninja.responses import Status

from grobunn.kernel import permissions
from grobunn.kernel.api.access import needs_scope
from grobunn.kernel.api.forms import checked
from grobunn.programmes.addresses import gathering_page
from grobunn.programmes.api.found import cohort_or_404, gathering_or_404, merged
from grobunn.programmes.api.gathering_schemas import (
    DayIn,
    DaysIn,
    FacilitatorIn,
    GatheringChangeIn,
    GatheringIn,
    GatheringPart,
    GatheringStep,
    GatheringStepIn,
    LinkIn,
    SessionIn,
    WholeGatheringOut,
)
from grobunn.programmes.api.router import router
from grobunn.programmes.api.shown import gathering_shown
from grobunn.programmes.forms.gatherings import FacilitatorForm, GatheringForm, MaterialForm, SessionForm
from grobunn.programmes.models import Facilitator, Gathering, Material, Session
from grobunn.programmes.queries.gatherings import material_of, sessions_by_day, whole
from grobunn.programmes.services import gatherings as services
from grobunn.programmes.services.programmes import DayGiven, add_gathering

_READS = needs_scope("programmes:read")
_WRITES = needs_scope("programmes:write")
_ONE = "/cohorts/{cohort_id}/gatherings/{topic}"


@router.get(_ONE, response=WholeGatheringOut, auth=_READS)
def show_gathering(request: HttpRequest, cohort_id: UUID, topic: str) -> dict[str, Any]:
    """A gathering with its days, what is on them, who leads it and what there is to read."""
    return _whole(request, gathering_or_404(request, cohort_id, topic))


@router.post("/cohorts/{cohort_id}/gatherings", response={201: WholeGatheringOut}, auth=_WRITES)
def make_gathering(request: HttpRequest, cohort_id: UUID, sent: GatheringIn) -> Status[Any]:
    """Add a gathering after those that are there."""
    cohort = cohort_or_404(request, cohort_id)
    permissions.check("programmes.run", request.user, cohort)
    said = {name: value for name, value in checked(GatheringForm(sent.dict())).said().items() if value is not None}
    days = _days(sent.days)
    with scope(municipality=cohort.municipality_id):
        try:
            made = add_gathering(cohort, days=days, topic=slugify(sent.topic), actor=request.user, **said)
        except IntegrityError as error:
            raise ValidationError({"topic": _("The cohort has a gathering about that topic already.")}) from error
    made.cohort = cohort
    return Status(201, _whole(request, made))


@router.patch(_ONE, response=WholeGatheringOut, auth=_WRITES)
def change_gathering(request: HttpRequest, cohort_id: UUID, topic: str, sent: GatheringChangeIn) -> dict[str, Any]:
    """Change what is said of a gathering; another place or video link is told to those who take part."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.run", request.user, gathering)
    form = checked(GatheringForm(merged(GatheringForm(gathering=gathering), sent), gathering=gathering))
    services.change_gathering(gathering, version=sent.version, actor=request.user, fields=form.said())
    return _whole(request, gathering)


@router.put(f"{_ONE}/days", response=WholeGatheringOut, auth=_WRITES)
def move_gathering(request: HttpRequest, cohort_id: UUID, topic: str, sent: DaysIn) -> dict[str, Any]:
    """Give a gathering other days. Those who take part are told, and calendars follow."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.run", request.user, gathering)
    services.move_gathering(gathering, _days(sent.days), version=sent.version, actor=request.user)
    return _whole(request, gathering)


@router.post(f"{_ONE}/steps/{{step}}", response=WholeGatheringOut, auth=_WRITES)
def take_gathering_step(
    request: HttpRequest, cohort_id: UUID, topic: str, step: GatheringStep, sent: GatheringStepIn
) -> dict[str, Any]:
    """Cancel a gathering, or hold it after all. Those who take part are told; sent again, nothing happens."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.run", request.user, gathering)
    if step == "cancel":
        services.cancel_gathering(gathering, reason=sent.reason, actor=request.user)
    else:
        services.put_back_gathering(gathering, actor=request.user)
    return _whole(request, gathering)


@router.post(f"{_ONE}/sessions", response={201: WholeGatheringOut}, auth=_WRITES)
def add_session(request: HttpRequest, cohort_id: UUID, topic: str, sent: SessionIn) -> Status[Any]:
    """Put something on the programme of a day; sent again, it is there once."""
    gathering = _led(request, cohort_id, topic)
    with scope(municipality=gathering.municipality_id):
        given = checked(SessionForm(sent.dict(), gathering=gathering)).cleaned_data
        day = given.pop("day")
        day.gathering = gathering
        services.add_session(day, actor=request.user, **given)
    return Status(201, _whole(request, gathering))


@router.post(f"{_ONE}/facilitators", response={201: WholeGatheringOut}, auth=_WRITES)
def add_facilitator(request: HttpRequest, cohort_id: UUID, topic: str, sent: FacilitatorIn) -> Status[Any]:
    """Name somebody who leads a gathering; sent again, they are named once."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.run", request.user, gathering)
    given = checked(FacilitatorForm(sent.dict(), municipality_id=gathering.municipality_id)).cleaned_data
    services.add_facilitator(gathering, actor=request.user, user=given["user"], name=given["name"])
    return Status(201, _whole(request, gathering))


@router.post(f"{_ONE}/material", response={201: WholeGatheringOut}, auth=_WRITES)
def add_link(request: HttpRequest, cohort_id: UUID, topic: str, sent: LinkIn) -> Status[Any]:
    """Add a link to something to read or bring."""
    gathering = _led(request, cohort_id, topic)
    given = checked(MaterialForm(sent.dict())).cleaned_data
    services.add_material(gathering, title=given["title"], url=given["url"], key=sent.key, actor=request.user)
    return Status(201, _whole(request, gathering))


@router.delete(f"{_ONE}/{{part}}/{{part_id}}", response=WholeGatheringOut, auth=_WRITES)
def remove_gathering_part(
    request: HttpRequest, cohort_id: UUID, topic: str, part: GatheringPart, part_id: UUID
) -> dict[str, Any]:
    """Take away a session, a facilitator or something to read."""
    gathering = _led(request, cohort_id, topic)
    with scope(municipality=gathering.municipality_id):
        found = _part(gathering, part, part_id)
        if found is None:
            raise Http404
        services.remove_part(found, gathering, actor=request.user)
    return _whole(request, gathering)


def _part(gathering: Gathering, part: GatheringPart, part_id: UUID) -> Session | Facilitator | Material | None:
    if part == "sessions":
        return Session.objects.filter(day__gathering=gathering, pk=part_id).first()
    if part == "facilitators":
        return Facilitator.objects.filter(gathering=gathering, pk=part_id).first()
    return Material.objects.filter(gathering=gathering, pk=part_id).first()


def _led(request: HttpRequest, cohort_id: UUID, topic: str) -> Gathering:
    """A gathering whose content the caller may change."""
    gathering = gathering_or_404(request, cohort_id, topic)
    permissions.check("programmes.facilitate", request.user, gathering)
    return gathering


def _days(days: list[DayIn]) -> list[DayGiven]:
    """Raises: ValidationError for a day that ends before it starts, or two of one date."""
    if any(day.ends <= day.starts for day in days):
        raise ValidationError({"days": _("It must end after it starts.")})
    if len({day.on for day in days}) != len(days):
        raise ValidationError({"days": _("Give at least one day, and each date once.")})
    return [DayGiven(on=day.on, starts=day.starts, ends=day.ends) for day in days]


def _whole(request: HttpRequest, gathering: Gathering) -> dict[str, Any]:
    with scope(municipality=gathering.municipality_id):
        (its,) = whole([gathering])
        sessions = sessions_by_day(its.days)
        material = material_of(gathering)
    shown = gathering_shown(its)
    return {
        **shown,
        **{name: getattr(gathering, name) for name in ("about", "video_url", "cancel_reason", "sequence")},
        "days": [{**day, "sessions": sessions[day["id"]]} for day in shown["days"]],
        "facilitators": [
            {"id": each.pk, "name": each.user.name if each.user else each.name} for each in its.facilitators
        ],
        "material": [_material(request, gathering, each) for each in material],
    }


def _material(request: HttpRequest, gathering: Gathering, material: Material) -> dict[str, Any]:
    url = material.url or request.build_absolute_uri(gathering_page(gathering, "download", part_id=material.pk))
    return {
        "id": material.pk,
        "title": material.title,
        "url": url,
        "is_file": bool(material.file),
        "made_at": material.made_at,
    }
