"""A verb and what its doing is called: programmere and programmering, parkere and parkering, måke and måking. Pure.

Stemming leaves the two apart, because Norwegian has both as words of their own. The same rule holds for bokmål and
nynorsk. It may make a word that does not exist: no text has that, so nothing is found by it.
"""

import re

# What is left when the ending is off: "inge" and "ring" are no verbs.
_LEAST = 3
_DOING = re.compile(r"(\w+)ing(?:en|a|ens|er|ar|ene|ane)?")
_DO = re.compile(r"(\w+?)(?:e|er|ar|te|et|a)")


def derived(word: str) -> str:
    """The other one of a verb and what its doing is called; "" where a word looks like neither.

    Takes: word, in lower case, in any of its forms.
    """
    doing = _DOING.fullmatch(word)
    if doing:
        return f"{doing[1]}e" if len(doing[1]) >= _LEAST else ""
    do = _DO.fullmatch(word)
    return f"{do[1]}ing" if do and len(do[1]) >= _LEAST else ""
