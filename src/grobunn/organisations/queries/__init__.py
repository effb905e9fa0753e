"""The one place reads of organisations are composed: import from here."""

from grobunn.organisations.queries.holders import (
    Holder,
    Via,
    holder_of,
    next_leader,
)
from grobunn.organisations.queries.municipalities import (
    MunicipalityFacts,
    all_municipalities,
    forget_municipality,
    municipalities_in_use,
    municipality_by_slug,
    norwegian_order,
    open_archives,
    predecessors_of,
    successor_of,
)
from grobunn.organisations.queries.roles import (
    NO_ROLES,
    RoleHeld,
    Roles,
    forget_roles,
    holds_on,
    is_adviser,
    is_member,
    lasts_on,
    roles_of,
)
from grobunn.organisations.queries.units import (
    ancestor_ids,
    descendant_ids,
    open_units,
    unit_by_slug,
)

__all__ = [
    "NO_ROLES",
    "Holder",
    "MunicipalityFacts",
    "RoleHeld",
    "Roles",
    "Via",
    "all_municipalities",
    "ancestor_ids",
    "descendant_ids",
    "forget_municipality",
    "forget_roles",
    "holder_of",
    "holds_on",
    "is_adviser",
    "is_member",
    "lasts_on",
    "municipalities_in_use",
    "municipality_by_slug",
    "next_leader",
    "norwegian_order",
    "open_archives",
    "open_units",
    "predecessors_of",
    "roles_of",
    "successor_of",
    "unit_by_slug",
]
