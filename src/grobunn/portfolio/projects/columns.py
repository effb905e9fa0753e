"""The columns of a project list, and the headings by which they are known."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.kinds import Kind
from grobunn.methods.stages import Stage
from grobunn.organisations.services.rosters.columns import Column

_FACILITATOR = ("timar prosessleiar", "prosessleder", "prosessleiar", "timer fasilitator", "fasilitator", "facilitator")

COLUMNS = (
    Column("external_id", "id", ("prosjekt-id", "prosjektid", "prosjektnr", "prosjektnummer", "project id")),
    Column("title", "tittel", ("prosjekt", "prosjektnavn", "prosjektnamn", "navn", "namn", "title", "name")),
    Column("unit", "enhet", ("eining", "enhet-id", "eining-id", "unit")),
    Column("owner", "eier", ("eigar", "prosjekteier", "prosjekteigar", "owner", "e-post")),
    Column("stage", "fase", ("steg", "status", "stage", "phase")),
    Column("first", "start", ("startkvartal", "fra", "frå", "from", "start quarter")),
    Column("last", "slutt", ("sluttkvartal", "til", "to", "end", "end quarter")),
    Column("hypothesis", "håpet gevinst", ("gevinst", "gevinsten vi håpar på", "mål", "formål", "føremål", "benefit")),
    Column("milestone", "milepæl", ("neste milepæl", "milestone")),
    Column("milestone_on", "milepæl dato", ("milepæl når", "frist", "milestone date", "due")),
    Column(Kind.PLACES.value, "plasser", ("plassar", "places")),
    Column(Kind.PROJECT_LEAD.value, "timer prosjektleder", ("timar prosjektleiar", "prosjektleder", "project lead")),
    Column(Kind.FACILITATOR.value, "timer prosessleder", _FACILITATOR),
    Column(Kind.IT.value, "timer it", ("timar it", "it")),
    Column(Kind.PROCUREMENT.value, "timer innkjøp", ("timar innkjøp", "innkjøp", "procurement")),
    Column(Kind.LEGAL.value, "timer jus", ("timar jus", "jus", "legal")),
    Column(Kind.COMMUNICATION.value, "timer kommunikasjon", ("timar kommunikasjon", "kommunikasjon", "communication")),
)
LABELS: Mapping[str, str | Promise] = {
    "external_id": _("Id, for importing again"),
    "title": _("Title"),
    "unit": _("Unit: name or id"),
    "owner": _("Owner: e-mail or name"),
    "stage": _("Stage"),
    "first": _("First quarter"),
    "last": _("Last quarter"),
    "hypothesis": _("Hoped-for benefit"),
    "milestone": _("Next milestone"),
    "milestone_on": _("Day of the milestone"),
    **{kind.value: kind.label for kind in Kind},
}
REQUIRED = ("title", "unit", "owner", "hypothesis", "milestone", "milestone_on", "first")
KINDS = tuple(column.name for column in COLUMNS if column.name in Kind.values)

_STAGES: Mapping[Stage, tuple[str, ...]] = {
    Stage.IDEA: ("idé", "ide", "idea"),
    Stage.TRIAGE: ("siling", "vurdering", "triage"),
    Stage.CONCEPT: ("konsept", "konseptfase", "planlegging", "concept"),
    Stage.PILOT: ("pilot", "pilotering", "utprøving", "gjennomføring", "gjennomføre"),
    Stage.IMPLEMENT: ("innføring", "implementering", "skalering", "implementation"),
    Stage.OPERATE: ("drift", "overlevering", "operate"),
    Stage.REALISE: ("gevinst", "gevinstrealisering", "realise"),
}
_BY_WORD = {word: stage for stage, words in _STAGES.items() for word in (stage.value, *words)}


def stage_meant(text: str) -> Stage | None:
    """The stage that a cell names; nothing said is a concept, as most lists begin there."""
    return _BY_WORD.get(" ".join(text.casefold().split())) if text else Stage.CONCEPT


def mapped(chosen: Mapping[str, str]) -> tuple[Column, ...]:
    """The columns, some of them under headings that somebody chose. Takes: chosen, headings by column."""
    return tuple(
        Column(column.name, chosen[column.name].casefold()) if chosen.get(column.name) else column for column in COLUMNS
    )
