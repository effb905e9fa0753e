"""The link by which somebody answers an invitation without an account: the id of their place, signed."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from grobunn.programmes.models import Enrolment, Gathering

_signer = Signer(salt="programmes.answer")


def answer_page(enrolment: Enrolment) -> str:
    """Where somebody without an account answers."""
    where = {"municipality": enrolment.cohort.programme.municipality.slug, "key": _signer.sign(str(enrolment.pk))}
    return reverse("programmes:answer", kwargs=where)


def evaluation_link(enrolment: Enrolment, gathering: Gathering) -> str:
    """Where somebody without an account says what they thought of a gathering."""
    where = {"municipality": enrolment.cohort.programme.municipality.slug, "key": _signer.sign(str(enrolment.pk))}
    return reverse("programmes:evaluate_by_link", kwargs={**where, "gathering_id": gathering.pk})


def enrolment_of_key(key: str, *, municipality_id: UUID) -> Enrolment | None:
    """The place that a link leads to; None for a link that is not ours, or a place that is gone."""
    try:
        enrolment_id = UUID(_signer.unsign(key))
    except (BadSignature, ValueError):
        return None
    rows = Enrolment.objects.filter(pk=enrolment_id, municipality_id=municipality_id)
    return rows.select_related("cohort__programme__municipality").first()
