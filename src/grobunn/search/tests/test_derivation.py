"""A verb and what its doing is called."""

import pytest

from grobunn.search.derivation import derived


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("programmere", "programmering"),
        ("programmerer", "programmering"),
        ("programmeringen", "programmere"),
        ("måking", "måke"),
        ("måka", "måking"),
        ("ring", ""),
        ("ingen", ""),
        ("buss", ""),
    ],
)
def test_verb_and_its_doing_lead_to_each_other(word: str, other: str) -> None:
    assert derived(word) == other
