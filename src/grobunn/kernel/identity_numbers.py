"""National identity numbers in free text: found so that they are refused, never kept."""

import re
import unicodedata
from calendar import monthrange

# Six digits of a date and five more, together or parted by one space, dot or dash, and not inside a longer number.
_CANDIDATE = re.compile(r"(?<![0-9])([0-9]{6})[ .\-\u2010-\u2015]?([0-9]{5})(?![0-9])")
# Weights of the two check digits, each modulo 11. Source: Skatteetaten, "Fødselsnummer" (as in force until 2032).
_WEIGHTS = ((3, 7, 6, 1, 8, 9, 4, 5, 2, 1), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1))
_D_NUMBER_DAY = 40
# Synthetic numbers for tests: the month with 40 (Nav) or 80 (Tenor, Skatteetaten's test population) added.
_SYNTHETIC_MONTHS = (0, 40, 80)


def find_national_identity_number(text: str) -> bool:
    """Whether a text holds a Norwegian national identity number.

    Takes:   any text; full-width digits and unusual spaces are read as ordinary ones.
    Returns: True for 11 digits with valid check digits and a possible date: birth numbers, D-numbers (day + 40) and
             synthetic ones (month + 40 or + 80), also written with a space, a dot or a dash after the sixth digit.
    """
    plain = unicodedata.normalize("NFKC", text)
    return any(is_national_identity_number(date + rest) for date, rest in _CANDIDATE.findall(plain))


def is_national_identity_number(digits: str) -> bool:
    """Whether eleven digits are a national identity number, by its date and its check digits."""
    return _has_possible_date(digits) and all(
        sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11 == 0
        for weights in _WEIGHTS
    )


def _has_possible_date(digits: str) -> bool:
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    day -= _D_NUMBER_DAY if day > _D_NUMBER_DAY else 0
    bare_month = next((month - added for added in _SYNTHETIC_MONTHS if 1 <= month - added <= 12), None)
    if bare_month is None:
        return False
    # The century stands in the serial number; the 29th of February of year 00 is given the benefit of the doubt.
    return 1 <= day <= monthrange(2000 + year, bare_month)[1]
