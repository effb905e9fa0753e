"""The municipalities, for other systems."""

from django.http import HttpRequest
from ninja import Field, Router, Schema

from grobunn.kernel.api.access import open_to_all
from grobunn.kernel.api.pages import Listed, ListedRows
from grobunn.organisations import queries
from grobunn.organisations.models import LanguageForm, MunicipalityKind

router = Router(tags=["municipalities"])


class MunicipalityOut(Schema):
    """A municipality of today, or an open archive."""

    slug: str = Field(description="The name in addresses, such as trondheim.")
    name: str
    number: str | None = Field(description="Number of today in Statistics Norway's classification 131.")
    kind: MunicipalityKind
    language_form: LanguageForm = Field(description="The form of Norwegian that the municipality has chosen.")
    population: int | None
    is_in_use: bool = Field(description="Whether it takes ideas here.")


@router.get(
    "/municipalities",
    response=Listed[MunicipalityOut],
    auth=open_to_all("organisations:read", why="The register of municipalities is public."),
)
def list_municipalities(request: HttpRequest, is_in_use: bool | None = None) -> ListedRows[queries.MunicipalityFacts]:
    """The municipalities of today, by name. All of them stand on one page."""
    found = queries.municipalities_in_use() if is_in_use else queries.all_municipalities()
    return ListedRows(items=[row for row in found if is_in_use in (None, row["is_in_use"])], next=None)
