"""Ids and receipt codes."""

from hypothesis import given
from hypothesis import strategies as st

from grobunn.kernel import ids


def test_new_ids_are_version_seven_and_ordered() -> None:
    made = [ids.new_id() for _ in range(100)]

    assert {each.version for each in made} == {7}
    assert made == sorted(made)


@given(st.randoms(use_true_random=False))
def test_receipt_is_found_again_however_it_is_typed(random: object) -> None:
    receipt = ids.new_receipt()
    typed = receipt.lower().replace("-", " ").replace("0", "o").replace("1", "l")

    assert ids.normalised_receipt(f"  {typed} ") == receipt


@given(st.text(max_size=40))
def test_any_text_is_a_receipt_of_the_right_form_or_none(typed: str) -> None:
    found = ids.normalised_receipt(typed)

    assert found is None or (len(found) == 14 and set(found) <= set(ids.ALPHABET + "-"))
