from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "grobunn.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from grobunn.accounts import delegation  # noqa: PLC0415 -- app ready
        from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready
        from grobunn.kernel.api import scopes  # noqa: PLC0415 -- app ready
        from grobunn.organisations import events, handlers, holdings, queries, rules  # noqa: F401, PLC0415 -- app ready

        permissions.declare(rules.PERMISSIONS)
        scopes.declare({"organisations:read": _("Read about municipalities")})
        delegation.ask(queries.municipalities_set_up_by)
        holdings.register()
        _add_sections()
        _add_navigation()


def _add_sections() -> None:
    from grobunn.organisations.sections import Section, register  # noqa: PLC0415 -- app ready

    for order, name, label, lead in (
        (10, "units", _("Units"), _("What the municipality consists of, and who leads what.")),
        (20, "people", _("People and roles"), _("Who is what, where, from when and until when.")),
        (30, "profile", _("The municipality"), _("Name, logo, colour and language.")),
        (40, "promise", _("Promise of an answer"), _("How long it takes, and what happens when a deadline passes.")),
        (70, "rosters", _("Import and export"), _("Units and people from a file, and into one.")),
        (60, "addresses", _("Addresses"), _("Whistleblowing, deviation reports, accessibility, shared mailbox.")),
    ):
        register(Section(label=label, lead=lead, url_name=f"organisations:{name}", order=order))


def _add_navigation() -> None:
    from grobunn.ui.navigation import Entry, Place, register  # noqa: PLC0415 -- app ready

    register(
        Entry(
            label=_("Set-up"),
            url_name="organisations:set_up",
            order=90,
            is_visible=_may_set_up_here,
            needs_municipality=True,
        )
    )
    register(
        Entry(
            label=_("Absence"),
            url_name="organisations:absence",
            place=Place.ACCOUNT,
            order=40,
            is_visible=_is_member_here,
            needs_municipality=True,
        )
    )


def _may_set_up_here(request: HttpRequest) -> bool:
    return _is_allowed_here("organisations.set_up", request)


def _is_member_here(request: HttpRequest) -> bool:
    return _is_allowed_here("organisations.set_absence", request)


def _is_allowed_here(permission: str, request: HttpRequest) -> bool:
    """Whether the person may in the municipality of the page, or in their own on pages that belong to none."""
    from grobunn.kernel import permissions  # noqa: PLC0415 -- app ready

    here = getattr(request, "municipality", None) or getattr(request, "home_municipality", None)
    return bool(here) and permissions.is_allowed(permission, request.user, here)
