"""What an edition keeps comes back as it was."""

import json
from datetime import date

from grobunn.cases.contents import EDITION_FIELDS, as_edition, from_edition
from grobunn.cases.models import Draft
from grobunn.kernel import ids


def test_edition_gives_back_what_was_told_but_who_was_named() -> None:
    draft = Draft(
        title="Nattilsyn",
        kostra=["254"],
        sdgs=[3, 11],
        one_off_nok=250_000,
        timeline=[{"on": "2016", "text": "Vedtatt."}],
        picture_ids=[ids.new_id(), ids.new_id()],
        contact_role="unit_leader",
        contact_until=date(2027, 1, 1),
    )

    told = from_edition(json.loads(json.dumps(as_edition(draft))))

    assert told == {name: getattr(draft, name) for name in EDITION_FIELDS}
    assert "contact_until" not in told


def test_field_newer_than_the_edition_has_its_beginning_value() -> None:
    assert from_edition({"title": "Nattilsyn"})["picture_ids"] == []
