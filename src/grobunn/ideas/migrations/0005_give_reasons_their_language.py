"""Reasons that stand in the database were written in their municipality's language."""

from typing import Any

from django.db import migrations
from django.db.models import Q


def give_language(apps: Any, schema_editor: Any) -> None:
    """Say so; few rows, and the same however often it runs."""
    municipalities = apps.get_model("organisations", "Municipality")._base_manager
    reasons = apps.get_model("ideas", "ReasonTemplate")._base_manager
    for language, chosen in (
        ("nn", Q(default_language="nn") | Q(default_language="", language_form="nn")),
        ("en", Q(default_language="en")),
    ):
        reasons.filter(municipality__in=municipalities.filter(chosen), language="nb").update(language=language)


class Migration(migrations.Migration):
    dependencies = [("ideas", "0004_say_reasons_in_each_language")]

    operations = [migrations.RunPython(give_language, migrations.RunPython.noop)]
