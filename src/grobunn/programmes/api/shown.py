"""Programmes, cohorts, places and teams as the API shows them."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from grobunn.programmes.addresses import cohort_page
from grobunn.programmes.models import Cohort, Enrolment, HandIn, Programme, Team
from grobunn.programmes.queries.completion import Completion
from grobunn.programmes.queries.gatherings import Whole
from grobunn.programmes.queries.standing import remaining_words


def programme_shown(request: HttpRequest, programme: Programme) -> dict[str, Any]:
    """A programme."""
    where = {"municipality": programme.municipality.slug, "programme": programme.slug}
    told = ("slug", "kind", "name", "purpose", "guiding_question", "derives_from", "audience", "is_open")
    return {
        **{name: getattr(programme, name) for name in told},
        "url": request.build_absolute_uri(reverse("programmes:programme", kwargs=where)),
        "is_synthetic": programme.is_synthetic,
    }


def cohort_shown(request: HttpRequest, cohort: Any) -> dict[str, Any]:
    """A cohort that was read with its dates."""
    told = ("id", "slug", "name", "state", "first_on", "last_on", "places", "is_synthetic", "version")
    return {
        **{name: getattr(cohort, name) for name in told},
        "gathering_count": cohort.gathering_count or 0,
        "url": request.build_absolute_uri(cohort_page(cohort)),
    }


def cohort_calendar(cohort: Cohort) -> str:
    """The secret address of a cohort's calendar, for those who run it."""
    return _calendar(cohort, cohort.feed_key)


def gathering_shown(whole: Whole) -> dict[str, Any]:
    """A gathering with its days."""
    its = whole.gathering
    told = ("id", "topic", "title", "is_about_innovation", "is_required", "place", "places", "version")
    return {
        **{name: getattr(its, name) for name in told},
        "is_cancelled": its.cancelled_at is not None,
        "days": [{"id": day.pk, "on": day.on, "starts": day.starts, "ends": day.ends} for day in whole.days],
    }


def participant_shown(enrolment: Enrolment) -> dict[str, Any]:
    """Somebody's place, for those who run the cohort."""
    told = ("id", "state", "name", "email", "leader_level", "organisation", "is_external")
    return {
        **{name: getattr(enrolment, name) for name in told},
        "unit": enrolment.unit.name if enrolment.unit else None,
    }


def place_shown(enrolment: Enrolment, *, number_in_line: int | None, completion: Completion | None) -> dict[str, Any]:
    """Somebody's own place."""
    return {
        "id": enrolment.pk,
        "cohort": enrolment.cohort_id,
        "state": enrolment.state,
        "number_in_line": number_in_line,
        "calendar": _calendar(enrolment.cohort, enrolment.feed_key) if enrolment.feed_key else None,
        "completion": completion_shown(completion) if completion else None,
    }


def completion_shown(completion: Completion) -> dict[str, Any]:
    """Where somebody stands, and what remains."""
    return {
        "attended": completion.attended,
        "required": completion.required,
        "is_complete": completion.is_complete,
        "lacks_pitch": completion.lacks_pitch,
        "remains": [
            {
                "topic": left.gathering.topic,
                "title": left.gathering.title,
                "missed_days": left.missed,
                "is_past": left.is_past,
                "make_up_waits": left.waits,
            }
            for left in completion.remains
        ],
        "in_words": remaining_words(completion),
    }


def team_shown(team: Team) -> dict[str, Any]:
    """A team in a list."""
    told = ("id", "slug", "name", "formed_by", "method", "method_edition", "phase", "pitched_at", "version")
    return {
        **{name: getattr(team, name) for name in told},
        "idea": {"reference": team.idea.reference, "heading": team.idea.heading} if team.idea else None,
        "coach": team.coach.name if team.coach else None,
        "is_synthetic": team.is_synthetic,
    }


def hand_in_shown(hand_in: HandIn) -> dict[str, Any]:
    """Something that a team handed in."""
    told = ("id", "phase", "sort", "edition", "text", "made_at")
    return {
        **{name: getattr(hand_in, name) for name in told},
        "made_by": hand_in.made_by.name if hand_in.made_by else None,
        "file": {"name": hand_in.name, "size": hand_in.size} if hand_in.file else None,
    }


def _calendar(cohort: Cohort, key: str) -> str:
    where = {"municipality": cohort.programme.municipality.slug, "key": key}
    return str(settings.SITE_URL) + reverse("programmes:calendar", kwargs=where)
