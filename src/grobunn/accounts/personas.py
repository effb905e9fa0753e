"""The made-up people of demo mode, one for each kind of user that Grobunn is for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Persona:
    """A made-up person. What roles the person has is decided by the loader of the organisations' demo data.

    Takes: municipality, the slug of the municipality that the person belongs to.
    """

    code: str
    name: str
    description: str | Promise
    municipality: str = "trondheim"

    @property
    def email(self) -> str:
        """An address that can never be delivered to (RFC 2606)."""
        return f"{self.code}@demo.example"


_ALL = (
    Persona("nurse", "Nora Prøvestad", _("Home-care nurse who writes ideas on the phone, between two visits.")),
    Persona("unit-manager", "Erik Prøvehaug", _("Unit manager who receives ideas and tries them out with the team.")),
    Persona("adviser", "Ingrid Prøvelund", _("Innovation adviser who works the queue until everyone has an answer.")),
    Persona("chief-executive", "Kari Prøvebakken", _("Chief municipal executive who looks at the whole.")),
    Persona("juror", "Jonas Prøvenes", _("Juror who assesses ideas when asked to.")),
    Persona("elected", "Fatima Prøvedal", _("Elected representative who follows what becomes of the strategy.")),
    Persona("rnd-contact", "Rune Prøvevik", _("R&D contact who looks for needs that research can help with.")),
    Persona("broker", "Mette Prøvemo", _("Competence broker who connects municipalities with researchers.")),
    Persona("researcher", "Farid Prøveås", _("Researcher who looks for somebody who owns the problem.")),
    Persona(
        "council-member",
        "Selam Prøveeng",
        _("Member of an advisory council who asks what the input was used for."),
    ),
    Persona(
        "neighbour",
        "Nils Prøveøy",
        _("Employee of a small neighbouring municipality who looks for something that works."),
        municipality="froya",
    ),
    Persona("union", "Tove Prøvefoss", _("Union representative who wants to take part early.")),
    Persona("archivist", "Arne Prøvehylle", _("Archivist who takes care of what must be kept.")),
)

PERSONAS: Mapping[str, Persona] = MappingProxyType({persona.code: persona for persona in _ALL})
