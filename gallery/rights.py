"""What may be done with a picture: the rights statements of Creative Commons and of RightsStatements.org."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext, gettext_lazy, pgettext

from gallery.sentences import gettext_noop

EXAMPLES = "https://creativecommons.org/publicdomain/mark/1.0/ or http://rightsstatements.org/vocab/InC/1.0/"

_CC = "https://creativecommons.org"
_DEDICATIONS = {
    f"{_CC}/publicdomain/mark/1.0/": "Public Domain Mark 1.0",
    f"{_CC}/publicdomain/zero/1.0/": gettext_noop("CC0 1.0 (public domain dedication)"),
}
_CONDITIONS = {
    "by": "Attribution",
    "sa": "ShareAlike",
    "nd": "NoDerivatives",
    "nc": "NonCommercial",
}
_PRESENT_CODES = ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nc-nd")
_CODES = {
    "4.0": _PRESENT_CODES,
    "3.0": _PRESENT_CODES,
    "2.5": _PRESENT_CODES,
    "2.0": _PRESENT_CODES,
    "1.0": ("by", "by-sa", "by-nd", "by-nc", "by-nc-sa", "by-nd-nc", "sa", "nd", "nc", "nc-sa", "nd-nc"),
}
_STATEMENTS = {
    "InC": gettext_noop("In Copyright"),
    "InC-OW-EU": gettext_noop("In Copyright – EU Orphan Work"),
    "InC-EDU": gettext_noop("In Copyright – Educational Use Permitted"),
    "InC-NC": gettext_noop("In Copyright – Non-Commercial Use Permitted"),
    "InC-RUU": gettext_noop("In Copyright – Rights-holder(s) Unlocatable or Unidentifiable"),
    "NoC-CR": gettext_noop("No Copyright – Contractual Restrictions"),
    "NoC-NC": gettext_noop("No Copyright – Non-Commercial Use Only"),
    "NoC-OKLR": gettext_noop("No Copyright – Other Known Legal Restrictions"),
    "NoC-US": gettext_noop("No Copyright – United States"),
    "CNE": gettext_noop("Copyright Not Evaluated"),
    "UND": gettext_noop("Copyright Undetermined"),
    "NKC": gettext_noop("No Known Copyright"),
}


def _licences(*versions: str) -> dict[str, tuple[str, str]]:
    """Address → code and version."""
    return {f"{_CC}/licenses/{code}/{version}/": (code, version) for version in versions for code in _CODES[version]}


def _named(licences: dict[str, tuple[str, str]]) -> dict[str, str]:
    return {uri: _licence(code, version, _CONDITIONS) for uri, (code, version) in licences.items()}


def _licence(code: str, version: str, conditions: Mapping[str, str]) -> str:
    meaning = "-".join(conditions[condition] for condition in code.split("-"))
    return f"CC {code.upper()} {version} ({meaning})"


_PRESENT, _OLDER = _licences("4.0"), _licences("3.0", "2.5", "2.0", "1.0")
_LICENCES = _PRESENT | _OLDER
GROUPS: dict[str, dict[str, str]] = {
    gettext_noop("Public domain"): _DEDICATIONS,
    "Creative Commons": _named(_PRESENT),
    "RightsStatements.org": {
        f"http://rightsstatements.org/vocab/{code}/1.0/": name for code, name in _STATEMENTS.items()
    },
    gettext_noop("Creative Commons, older versions"): _named(_OLDER),
}
"""By their names in English."""
LABELS: dict[str, str] = {uri: label for group in GROUPS.values() for uri, label in group.items()}
"""The statements' names in English, by which they are found, too."""


def name(uri: str) -> str:
    """The statement's name in English, for programs; an unknown one is told as it is."""
    found = _found(uri)
    return LABELS[found] if found else uri


def label(uri: str) -> str:
    """The statement's name for people, in their language; an unknown one is shown as it is."""
    found = _found(uri)
    if found in _LICENCES:
        return _licence(*_LICENCES[found], _said_conditions())
    return gettext(LABELS[found]) if found else uri


def _said_conditions() -> dict[str, str]:
    return {
        "by": pgettext("licence", "Attribution"),
        "sa": pgettext("licence", "ShareAlike"),
        "nd": pgettext("licence", "NoDerivatives"),
        "nc": pgettext("licence", "NonCommercial"),
    }


_label_later, _gettext_later = lazy(label, str), lazy(gettext, str)
#: For a select, its words in the language of whoever sees it: "" first, then the statements in groups.
CHOICES: list[Any] = [
    ("", gettext_lazy("not stated")),
    *((_gettext_later(name), [(uri, _label_later(uri)) for uri in group]) for name, group in GROUPS.items()),
]


class UnknownRights(ValueError):
    """A sentence that names the statement and says what is expected."""

    def __init__(self, text: str) -> None:
        super().__init__(
            f"“{text[:120]}” is not a rights statement of Creative Commons or RightsStatements.org. "
            f"Give its address, such as {EXAMPLES}, or a short name such as CC0 or CC BY-SA 4.0."
        )


def _short_names() -> Iterator[tuple[str, str]]:
    for uri, label in LABELS.items():
        yield _folded(label), uri
        yield _folded(label.partition(" (")[0]), uri
    for code in _STATEMENTS:
        yield _folded(code), f"http://rightsstatements.org/vocab/{code}/1.0/"
    for name in ("Public domain", "PDM", "Public Domain Mark", "PDM 1.0", "CC PDM 1.0"):
        yield _folded(name), f"{_CC}/publicdomain/mark/1.0/"
    yield "cc0", f"{_CC}/publicdomain/zero/1.0/"


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


_ADDRESS = re.compile(
    r"(?:https?://)?(?:www\.)?(?P<site>creativecommons\.org|rightsstatements\.org)/(?P<path>[\w./-]+?)/?(?:[?#].*)?",
    re.IGNORECASE,
)
_LAST_PART = re.compile(r"/(?:deed|legalcode|rdf)(?:\.[\w-]+)?$", re.IGNORECASE)
_BY_PATH = {uri.partition("://")[2].rstrip("/").casefold(): uri for uri in LABELS}
_BY_NAME = dict(_short_names())


def is_known(uri: str) -> bool:
    """Whether `normalise` has an answer that is not empty."""
    return _found(uri) is not None


def normalise(uri: str) -> str:
    """The statement's one address, from any of its spellings or its short name; "" for ""; raises `UnknownRights`."""
    if not uri.strip():
        return ""
    found = _found(uri)
    if found is None:
        raise UnknownRights(uri.strip())
    return found


def _found(uri: str) -> str | None:
    address = _ADDRESS.fullmatch(uri.strip())
    if address is None:
        return _BY_NAME.get(_folded(uri))
    path = _LAST_PART.sub("", address["path"]).replace("page/", "vocab/", 1)
    return _BY_PATH.get(f"{address['site']}/{path}".casefold())
