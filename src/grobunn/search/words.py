"""Words: how a text is cut into words, and which spellings of a word are taken for one."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from grobunn.search.stopwords import STOPWORDS

# Longer than any idea may be, short enough that nothing pasted can slow the index or a query.
MAX_TEXT = 20_000
MAX_WORD = 40
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
_GRAM = 4

# Accents that Norwegian writers leave out as often as not (idé, kafé, fôr). The letters of Norwegian and of the Sámi
# languages (å æ ø ä ö á č đ ŋ š ŧ ž) are letters of their own and stay.
_ACCENTS = str.maketrans("éèêëóòôúùûüàâ", "eeeeooouuuuaa")

# Nynorsk spellings that differ from bokmål by rule, rewritten inside words before stemming; longer ones first.
# A bridge, not a dictionary: what it misses is met by the character grams of the titles.
_BRIDGE = (
    ("ferdigheit", "ferdighet"), ("innbyggjar", "innbygger"), ("moglegheit", "mulighet"),
    ("rettleiing", "veiledning"), ("offentleg", "offentlig"), ("skriftleg", "skriftlig"), ("tryggleik", "sikkerhet"),
    ("arbeidar", "arbeider"), ("einskild", "enkelt"), ("framleis", "fortsatt"), ("kjærleik", "kjærlighet"),
    ("møtestad", "møteplass"), ("nytilset", "nyansat"), ("reknskap", "regnskap"), ("verksemd", "virksomhet"),
    ("handsam", "behandl"), ("rettlei", "veiled"), ("bilete", "bilde"), ("dagleg", "daglig"), ("eining", "enhet"),
    ("einsam", "ensom"), ("leiing", "ledelse"), ("mogleg", "mulig"), ("ombruk", "gjenbruk"), ("oppgåv", "oppgav"),
    ("tenest", "tjenest"), ("tidleg", "tidlig"), ("tilset", "ansat"), ("vidare", "videre"), ("draum", "drøm"),
    ("eigen", "egen"), ("heime", "hjemme"), ("hovud", "hoved"), ("leiar", "leder"), ("mjølk", "melk"),
    ("røynd", "virkelig"), ("røyst", "stemm"), ("sjuke", "syke"), ("sjølv", "selv"), ("skule", "skole"),
    ("årleg", "årlig"), ("auke", "øke"), ("boss", "søppel"), ("eige", "eie"), ("heim", "hjem"), ("høyr", "hør"),
    ("kval", "hval"), ("kvar", "hver"), ("kvit", "hvit"), ("køyr", "kjør"), ("løys", "løs"), ("rekn", "regn"),
    ("sjuk", "syk"), ("skul", "skol"), ("stad", "sted"), ("utan", "uten"), ("vatn", "vann"), ("auk", "øk"),
    ("veg", "vei"),
)  # fmt: skip

# What the first letter of a word may have been before it was bridged, and what it is then.
_FIRST_LETTERS = {(chr(accented), chr(plain)) for accented, plain in _ACCENTS.items()} | {
    (nynorsk[0], bokmaal[0]) for nynorsk, bokmaal in _BRIDGE
}

# Words that lose the "e" of their ending when they bend (sykkel, sykler; møbel, møbler): written as when bent.
_SYNCOPE = re.compile(r"(?:(b)b|(d)d|(g)g|(k)k|(m)m|(p)p|(s)s|(t)t|([bgk]))el(en|et|ene|ens|ets|s)?$")

# No word ends in a double m; it is doubled before an ending (hjem, hjemmet; møterom, møterommene): written single.
_DOUBLED = re.compile(r"mm(?=(?:a|ane|ar|e|en|ene|enes|ens|er|et|ets)$)")


@dataclass(frozen=True)
class Word:
    """A word as it was written, and the spelling that it is looked up by."""

    written: str
    spelled: str


def clean(text: str) -> str:
    """A text that the database can hold and that is not too long to index: NFC, without control characters."""
    composed = unicodedata.normalize("NFC", text[:MAX_TEXT])
    if composed.replace(
        "\n", " "
    ).isprintable():  # Nearly every text; looking at each character costs a hundred times more.
        return composed
    return "".join(c if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"} else " " for c in composed)


def words_of(text: str) -> list[str]:
    """Every word of a text in lower case, in order; letters of any alphabet stay what they are."""
    return [word[:MAX_WORD] for word in _WORD.findall(clean(text).lower())]


def content_words(text: str, *, limit: int) -> list[Word]:
    """The words of a text that say what it is about, each once, in order, at most so many."""
    found: dict[str, Word] = {}
    for written in _WORD.findall(clean(text)):
        plain = written.lower()[:MAX_WORD]
        if plain in STOPWORDS or (len(plain) < 2 and not plain.isdigit()):
            continue
        spelled = bridged(plain)
        found.setdefault(spelled, Word(written=written[:MAX_WORD], spelled=spelled))
        if len(found) == limit:
            break
    return list(found.values())


@lru_cache(maxsize=50_000)
def bridged(word: str) -> str:
    """A word with its nynorsk spellings written the bokmål way, so that both forms meet in the index."""
    word = word.translate(_ACCENTS)
    for nynorsk, bokmaal in _BRIDGE:
        if nynorsk in word:
            word = word.replace(nynorsk, bokmaal)
    return _SYNCOPE.sub(_without_e, _DOUBLED.sub("m", word))


def first_letters(beginnings: Collection[str]) -> frozenset[str]:
    """The letters that a word can begin with, in lower case, that is looked up by one of these beginnings."""
    letters = {beginning[0] for beginning in beginnings}
    while more := {before for before, after in _FIRST_LETTERS if after in letters} - letters:
        letters |= more
    return frozenset(letters)


def _without_e(ending: re.Match[str]) -> str:
    *consonants, suffix = ending.groups(default="")
    return f"{''.join(consonants)}l{suffix}"


def spelled(text: str) -> str:
    """A text as its words are indexed: bridged, without stop-words, parted by single spaces."""
    return " ".join(bridged(word) for word in words_of(text) if word not in STOPWORDS)


def grams_of(word: str) -> list[str]:
    """The character 4-grams of a word with its borders marked: what a misspelt word still has in common."""
    padded = f"_{word}_"
    if len(padded) <= _GRAM:
        return []
    return list(dict.fromkeys(padded[start : start + _GRAM] for start in range(len(padded) - _GRAM + 1)))
