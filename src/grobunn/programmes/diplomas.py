"""The number of a diploma: how it is made, written, and read when somebody types it."""

from grobunn.kernel import ids

# 50 bits: not to be guessed at any rate that the limit on the page allows.
_LENGTH = 10
_GROUP = 5


def new_number() -> str:
    """A random number."""
    return ids.new_code(length=_LENGTH)


def written_number(number: str) -> str:
    """A number in two groups, such as 7KQFM-3XD9T."""
    return "-".join(number[start : start + _GROUP] for start in range(0, len(number), _GROUP))


def meant_number(typed: str) -> str | None:
    """The number that somebody meant, in any case, with spaces or dashes; None if it cannot be one."""
    return ids.meant_code(typed, length=_LENGTH)


def initials(name: str) -> str:
    """Initials of a name, such as K. N.; "" where the name is forgotten."""
    return " ".join(f"{word[0].upper()}." for word in name.replace("-", " ").split() if word[0].isalpha())
