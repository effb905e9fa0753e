"""The language that a text is written in, told by its small words; a text without any keeps what it was given."""

import re
from collections import Counter

from grobunn.search.words import words_of

# Frequent small words that only one of them has. Written for this project.
_WORDS = {
    "nb": """
        ble bort deres du et fra gjøre gjør gjennom hos hun hva hvem hver hvert hvilke hvilken hvis hvor hvordan hvorfor
        ikke jeg kommer mer mye noe noen nå selv siden tilbake uten være vært våre
    """,
    "nn": """
        berre blei dei deira eg ein eit enno fleire frå gjere gjer heile ikkje kjem koma kome korleis korfor kva kvar
        kven kvart kvifor me meir millom mykje noko nokon nokre saman sidan sjølv skule utan vere verte vert vore
        vår våre vart òg
    """,
    "en": """
        about and are as be because been but can could does from get had have how into is it its my not of our should
        than that the their them there these they this us was we were what when where which who will with would you your
    """,
}
_OWN = {
    language: frozenset(words.split()).difference(*(other.split() for other in _WORDS.values() if other is not words))
    for language, words in _WORDS.items()
}
_LOOKED_AT = 2000
# One English word may be a name in a Norwegian sentence; of three in four words nobody doubts.
_LEAST = {"nb": 1, "nn": 1, "en": 2}
# So many times more of one language's own words than of the next one's.
_CLEARLY = 1.5
# Letters of the Northern, Lule and Southern Sámi alphabets that no other language here has.
_SAMI = re.compile(r"[áčđŋšŧž]")
_LEAST_SAMI_LETTERS = 4


def language_of(text: str, *, otherwise: str) -> str:
    """The code of a text's language: nb, nn, en, or se for Sámi.

    Takes: otherwise, what is given back where the words do not tell.
    """
    looked_at = text[:_LOOKED_AT].lower()
    if len(_SAMI.findall(looked_at)) >= _LEAST_SAMI_LETTERS:
        return "se"
    counts = Counter(
        language for word in words_of(looked_at) for language, own in _OWN.items() if word in own
    ).most_common()
    if not counts or counts[0][1] < _LEAST[counts[0][0]]:
        return otherwise
    if len(counts) > 1 and counts[0][1] < _CLEARLY * counts[1][1]:
        return otherwise
    return counts[0][0]
