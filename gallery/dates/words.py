"""The words that dates of paintings are written with: English, and common German, French, Italian and Dutch ones.

`tokens` turns a text into a list of `Token`s; `grammar` reads them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto

Share = tuple[float, float]
WHOLE: Share = (0.0, 1.0)


class Kind(Enum):
    NUMBER = auto()
    ORDINAL = auto()
    DECADE = auto()
    CENTURY = auto()
    SECTION = auto()
    PORTION = auto()
    LAST = auto()
    CIRCA = auto()
    BEFORE = auto()
    AFTER = auto()
    OR_LATER = auto()
    OR_EARLIER = auto()
    BETWEEN = auto()
    DASH = auto()
    AND = auto()
    ALSO = auto()
    BC = auto()
    AD = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """`value`: a number, or how many portions make a whole; `share`: the part of a century that "early" means."""

    kind: Kind
    text: str
    value: int = 0
    digits: int = 0
    share: Share = WHOLE


class UnknownWord(ValueError):
    """Its only argument is the word."""


def fold(text: str) -> str:
    """Small letters without accents, one kind of dash, single spaces; `neg500` for a text that begins with -500."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.strip().casefold()) if not unicodedata.combining(c))
    if re.match("[-−][0-9]", plain):
        plain = re.sub("(^|[-–/]|\\s)[-−](?=[0-9])", r"\1neg", plain)
    return " ".join(re.sub("[‐‑‒–—―−]+|--+", "-", plain).split())


_MONTH = (
    r"(?:jan(?:uar[yi]?|vier)?|gennaio|feb(?:ruar[yi]?|braio)?|fev(?:rier)?|mar(?:ch|s|zo)?|marz|maart|apr(?:ile?)?|avr(?:il)?|"
    r"may|mai|maggio|mei|jun[ei]?|juin|giugno|jul[yi]?|juillet|luglio|aug(?:ust(?:us)?)?|aout|agosto|sep(?:t(?:emb(?:er|re))?)?|"
    r"settembre|o[ck]t(?:ob(?:er|re))?|ottobre|nov(?:emb(?:er|re))?|de[cz](?:emb(?:er|re))?|dicembre|spring|summer|autumn|fall|"
    r"winter|fruhling|fruhjahr|sommer|herbst|printemps|ete|automne|hiver|primavera|estate|autunno|inverno|lente|zomer|herfst)\b\.?"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th|er|\.)?"
_MONTHS = rf"{_MONTH}(?: ?[-/] ?(?:{_DAY} )?{_MONTH})?"
_OR = r"\b(?:or|and|und|oder|ou|et|of|en|o|e) (?:a little |slightly |shortly )?"
_CENTURY_NAMES = tuple(f"{n}cento" for n in ("due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"))
_ORDINALS = (
    "first erste ersten premier premiere prima primo eerste",
    "second zweite zweiten deuxieme seconde seconda secondo tweede",
    "third dritte dritten troisieme terzo terza derde",
    "fourth vierte vierten quatrieme quarto vierde",
    *("fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth"),
    *("fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth"),
)

# Each makes the text simpler for the ones below it.
_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[(\[] ?\? ?[)\]]", "?"),
        (r"\b([0-9]{4})-(?:0[1-9]|1[0-2])-[0-3][0-9](?:[t ][0-9:.]+z?)?(?![0-9-])", r"\1"),
        (r"\b(?:[0-9]{1,2} ?[./] ?)?[0-9]{1,2} ?[./] ?(?=[0-9]{4}\b)", ""),
        (rf"\b(?:{_DAY}(?: ?- ?{_DAY})? (?:of )?)?{_MONTHS}(?: {_DAY},)?,? (?=(?:of |in )?[0-9]{{4}})", ""),
        (r"\b(?:b\. ?c\.(?: ?e\.)?|bce?\b|v\.? ?chr\b\.?|av(?:ant)?\.? ?j\.?[ -]*c\b\.?|a\. ?c\.(?! ?[0-9]))", " bc "),
        (r"\b(?:a\. ?d\.|c\. ?e\.|ce\b|n\.? ?chr\b\.?|ap(?:res)?\.? ?j\.?[ -]*c\b\.?|d\. ?c\.)", " ad "),
        (r"\b(?:not? (?:later than|after)|prior to|prima d[ei]l?)\b", " before "),
        (r"\b(?:not? (?:earlier than|before)|dopo il)\b", " after "),
        (_OR + r"(?:later|after|spater|danach|apres|dopo)\b(?= ?(?:$|[-,;)\]]))", " onwards "),
        (_OR + r"(?:earlier|before|fruher|avant|prima)\b(?= ?(?:$|[-,;)\]]))", " backwards "),
        (r"\b(?:shortly|soon|just|kurz|peu) (?=(?:before|after|vor|nach|avant|apres)\b)", ""),
        (r"\b(early|mid|late)-(?!early|mid|late|to )(?= ?[a-z0-9])", r"\1 "),
        (r"\bmid- ", "mid "),
        (r"-(?=century\b)", " "),
        (r"\b([0-9]+(?:st|nd|rd|th)) c\b", r"\1 century"),
        (r"\b(first|second|third|last) third\b", r"\1 tiers"),
        (r"\bc(1?[0-9]|2[01])\b(?!-[0-9]{3})", r"\1 century"),
        (r"\bc([0-9]{3,4})\b", r"circa \1"),
        *((rf"\b{name}\b", f"{number} century") for number, name in enumerate(_CENTURY_NAMES, start=13)),
    )
)


def _words(kind: Kind, words: str, value: int = 0, share: Share = WHOLE) -> dict[str, Token]:
    return {word: Token(kind, word, value, share=share) for word in words.split()}


_LEXICON: dict[str, Token] = {
    **_words(
        Kind.CENTURY, "century centuries cent jahrhundert jahrhunderts jh jhs jhd siecle siecles secolo secoli sec eeuw"
    ),
    **_words(Kind.LAST, "last final letzte letztes letzten derniere dernier ultimo ultima laatste"),
    **_words(
        Kind.CIRCA,
        "c ca circa about around approx approximately roughly probably possibly perhaps likely um gegen etwa",
    ),
    **_words(Kind.CIRCA, "ungefahr wohl vermutlich vers environ probablement verso omstreeks ongeveer rond ? ~"),
    **_words(Kind.BEFORE, "before ante by vor avant voor"),
    **_words(Kind.AFTER, "after post since nach ab apres dopo na seit depuis"),
    **_words(Kind.OR_LATER, "onwards onward"),
    **_words(Kind.OR_EARLIER, "backwards"),
    **_words(Kind.BETWEEN, "between from zwischen von entre tra fra tussen dal"),
    **_words(Kind.DASH, "- / to until till through bis a au al tot"),
    **_words(Kind.AND, "and und et e en &"),
    **_words(
        Kind.ALSO,
        "or oder ou o then later reworked retouched revised repainted completed finished altered enlarged restored",
    ),
    **_words(Kind.ALSO, "vollendet uberarbeitet repris acheve voltooid , ; : ( ) [ ]"),
    **_words(Kind.BC, "bc"),
    **_words(Kind.AD, "ad"),
    **_words(Kind.PORTION, "half halfte moitie meta helft", value=2),
    **_words(Kind.PORTION, "thirds drittel tiers", value=3),
    **_words(Kind.PORTION, "quarter viertel quart kwart", value=4),
    **_words(Kind.SECTION, "early beginning start anfang fruhes debut inizio begin", share=(0.0, 1 / 3)),
    **_words(Kind.SECTION, "mid middle mitte milieu midden", share=(1 / 3, 2 / 3)),
    **_words(Kind.SECTION, "late end ende spates fin fine eind einde", share=(2 / 3, 1.0)),
    **_words(Kind.SECTION, "turn wende", share=(-0.1, 0.1)),
    **{
        word: token
        for number, words in enumerate(_ORDINALS, start=1)
        for word, token in _words(Kind.ORDINAL, words, value=number).items()
    },
}
_ARTICLES = "the of in on at des der die das dem den du de la le les l d di del della dell il lo dei het van im"
_VERBS = "dated datiert date datato signed painted made created executed begun started drawn printed published produced"
_NOISE = frozenset(f"{_ARTICLES} {_VERBS} year years jahr jahre annees anni".split())
_TOKEN = re.compile(
    r"(?P<decade>[0-9]{2,})(?:'?s|er)\b|(?P<number>(?:neg)?[0-9]+)(?P<ordinal>st|nd|rd|th|de|ste|ere|er|eme|re|e|o)?(?![a-z0-9])"
    r"|(?P<word>[a-z]+|[-/,;:()\[\]?~&])|[\s.'’\"“”]+|(?P<other>.)"
)
_ROMAN = re.compile(r"(m{0,3})(c[md]|d?c{0,3})(x[cl]|l?x{0,3})(i[xv]|v?i{0,3})(?:e|eme)?")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def tokens(folded: str) -> list[Token]:
    """The words and numbers of a text that `fold` made; raises `UnknownWord`."""
    for pattern, replacement in _REWRITES:
        folded = pattern.sub(replacement, folded)
    found = (_token(match) for match in _TOKEN.finditer(folded))
    return [token for token in found if token is not None]


def _token(match: re.Match[str]) -> Token | None:
    text = match[0]
    if match["decade"]:
        return Token(Kind.DECADE, text, int(match["decade"]), len(match["decade"]))
    if match["number"]:
        digits = match["number"].removeprefix("neg")
        kind = Kind.ORDINAL if match["ordinal"] else Kind.NUMBER
        return Token(kind, digits, -int(digits) if digits != match["number"] else int(digits), len(digits))
    if match["other"]:
        raise UnknownWord(text)
    if match["word"] is None or text in _NOISE:
        return None
    return _LEXICON.get(text) or _roman(text)


def _roman(word: str) -> Token:
    """`MDCXLII` is a year; `XVII` only counts centuries."""
    digits = _ROMAN.fullmatch(word)
    letters = "".join(digits.groups()) if digits else ""
    if not letters:
        raise UnknownWord(word)
    values = [_ROMAN_DIGITS[letter] for letter in letters]
    following = [*values[1:], 0]
    number = sum(-value if value < after else value for value, after in zip(values, following, strict=True))
    year_from = 1000
    return Token(Kind.NUMBER if number >= year_from else Kind.ORDINAL, word, number, len(str(number)))
