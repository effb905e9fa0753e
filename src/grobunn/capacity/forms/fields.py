"""Figures as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grobunn.capacity.words import amount_words

# As many digits as the column holds.
_MOST = Decimal("999999999999.99")


class AmountField(forms.DecimalField):
    """So much: with a comma or a point, and with or without spaces between the thousands."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write a figure, such as 40 or 7.5."),
        "min_value": _("It cannot be less than nothing."),
        "max_decimal_places": _("At most two decimals."),
    }

    def __init__(self, *, max_value: Decimal = _MOST, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=max_value, decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return amount_words(value) if isinstance(value, Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "decimal", "autocomplete": "off", "class": "input--amount"}
