"""Who may do what with search; what is found is decided by the source of each object."""

from grobunn.kernel.permissions import Permission
from grobunn.organisations.rules import may_set_up

PERMISSIONS = {
    "search.set_synonyms": Permission(may_set_up, "The municipality's innovation adviser and chief executive."),
}
