"""Who is told: the person, else whoever has the role, else the adviser, else the mailbox."""

from uuid import UUID

from grobunn.accounts.models import User
from grobunn.cases.models import Adoption, Case, Question, Visit
from grobunn.notifications.addresses import ContactPoint
from grobunn.organisations.models import Municipality, Role, Unit
from grobunn.organisations.queries import holder_of, is_member

Receiver = User | ContactPoint


def keeper_of(case: Case) -> Receiver | None:
    """Who hears for the origin of a case: its owner, else whoever has the contact's role, else the adviser."""
    return _present(
        case.owner,
        municipality=case.municipality,
        role=case.contact_role,
        unit=case.contact_unit,
        mailbox=case.contact_mailbox,
    )


def adopter_of(adoption: Adoption) -> Receiver | None:
    """Who hears for the adopter: the one who is responsible, else whoever has the contact's role, else the adviser."""
    return _present(
        adoption.responsible,
        municipality=adoption.municipality,
        role=adoption.contact_role,
        unit=adoption.contact_unit,
        mailbox=adoption.contact_mailbox,
    )


def asker_of(asked: Question | Visit) -> Receiver | None:
    """Who hears for a municipality that has asked: the one who did, else its adviser."""
    return _present(asked.asked_by, municipality=asked.municipality)


def _present(
    person: User | None,
    *,
    municipality: Municipality,
    role: str = "",
    unit: Unit | None = None,
    mailbox: str = "",
) -> Receiver | None:
    if person is not None and person.is_active and is_member(person, municipality.pk):
        return person
    holder = holder_of(role or Role.INNOVATION_ADVISER, unit if role else None, municipality=municipality)
    if holder.user is not None:
        return holder.user
    address = mailbox or municipality.mailbox
    return ContactPoint(email=address, language=municipality.language) if address else None


def id_of(receiver: Receiver) -> UUID | None:
    """The user's id; None for an address without an account."""
    return receiver.pk if isinstance(receiver, User) else None
