"""What stands beside a case about those who took it into use: the context of `cases/_adoptions.html`."""

from typing import Any

from django.http import HttpRequest

from grobunn.cases.models import Case


def adoption_panel(request: HttpRequest, case: Case) -> dict[str, Any]:
    """How many have it in use."""
    return {"adoption_count": case.adoption_count}
