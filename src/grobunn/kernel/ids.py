"""Ids and codes: time-ordered ids for rows, receipt codes that a person can read aloud."""

import secrets
import uuid

import uuid_utils

# Crockford's base 32: no I, L, O, U, so that a code read aloud or copied by hand has one spelling.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECEIPT_LENGTH = 12  # 60 bits: not to be guessed at any rate that the limits on look-ups allow.
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})


def new_id() -> uuid.UUID:
    """A UUIDv7 (RFC 9562): unique everywhere, ordered by time."""
    return uuid.UUID(int=uuid_utils.uuid7().int)


def random_id() -> uuid.UUID:
    """A UUIDv4: for rows that must not tell when they were made, or in what order."""
    return uuid.UUID(bytes=secrets.token_bytes(16), version=4)


def new_secret() -> str:
    """256 random bits as text: for tokens, links and salts, where nothing slower than a hash need guard it."""
    return secrets.token_urlsafe(32)


def new_receipt() -> str:
    """A random receipt code in three groups, such as 7KQF-M3XD-9TPA."""
    return receipt_of(secrets.token_bytes(8))


def receipt_of(given: bytes) -> str:
    """The code that 8 bytes give, always the same: of a signature, one that cannot be guessed."""
    bits = int.from_bytes(given[:8], "big")
    return _grouped("".join(ALPHABET[bits >> 5 * place & 31] for place in range(RECEIPT_LENGTH)))


def normalised_receipt(typed: str) -> str | None:
    """The receipt code that somebody meant, or None if it cannot be one.

    Takes:   what was typed: any case, spaces or dashes, I and L for 1, O for 0.
    """
    code = meant_code(typed, length=RECEIPT_LENGTH)
    return _grouped(code) if code else None


def new_code(*, length: int) -> str:
    """A random code of so many letters and digits, without groups."""
    return "".join(secrets.choice(ALPHABET) for _place in range(length))


def meant_code(typed: str, *, length: int) -> str | None:
    """The code of so many places that somebody meant, without groups; None if it cannot be one.

    Takes:   what was typed: any case, spaces or dashes, I and L for 1, O for 0.
    """
    code = "".join(character for character in typed.upper() if character.isalnum()).translate(_MISREAD)
    if len(code) != length or any(character not in ALPHABET for character in code):
        return None
    return code


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
