"""What accounts put into the menu of somebody signed in."""

from django.utils.translation import gettext_lazy as _

from grobunn.ui import navigation


def register() -> None:
    """Add the entries to the account menu."""
    navigation.register(
        navigation.Entry(
            label=_("My account"), url_name="accounts:overview", place=navigation.Place.ACCOUNT, order=80, icon="Person"
        )
    )
