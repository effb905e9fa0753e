"""Where the pages of programmes are."""

from django.urls import reverse

from grobunn.programmes.models import Cohort, Enrolment, Gathering, Programme


def programme_page(programme: Programme) -> str:
    """The page of a programme."""
    return reverse("programmes:programme", kwargs=_of_programme(programme))


def cohort_page(cohort: Cohort, name: str = "cohort", **more: object) -> str:
    """The page of a cohort, or another page of it. Takes: name, of the page; more, of its address."""
    return reverse(f"programmes:{name}", kwargs={**where_of(cohort), **more})


def gathering_page(gathering: Gathering, name: str = "gathering", **more: object) -> str:
    """The page of a gathering, or another page of it."""
    return cohort_page(gathering.cohort, name, topic=gathering.topic, **more)


def own_place_page(enrolment: Enrolment) -> str:
    """Where somebody answers an invitation, and sees their place."""
    return cohort_page(enrolment.cohort, "own_place")


def evaluation_page(enrolment: Enrolment, gathering: Gathering) -> str:
    """Where somebody says what they thought of a gathering, of their own cohort or of another."""
    return cohort_page(enrolment.cohort, "evaluate", gathering_id=gathering.pk)


def where_of(cohort: Cohort) -> dict[str, str]:
    """What the address of a cohort names."""
    return {**_of_programme(cohort.programme), "cohort": cohort.slug}


def _of_programme(programme: Programme) -> dict[str, str]:
    return {"municipality": programme.municipality.slug, "programme": programme.slug}
