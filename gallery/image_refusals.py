"""Why a file is refused as a picture: in English for logs and the database, in the reader's language on a page.

No Django here, as in `images`.
"""

import unicodedata

from gallery.sentences import Sentence, Value, gettext_noop

NAME_LENGTH = 60

_FILE, _NAMELESS = gettext_noop("“%(name)s”"), gettext_noop("The file")
EMPTY = gettext_noop("%(file)s is empty: it has no bytes. Please choose the file again.")
CUT_OFF = gettext_noop("%(file)s is cut off: only a part of the picture could be read. Please upload the file again.")
DAMAGED = gettext_noop(
    "%(file)s is damaged or cut off: the picture in it could not be read. Please save or export it again."
)
TOO_MANY_SCANS = gettext_noop("%(file)s has more than %(most)s scans, as no camera or program writes.")
NOT_ACCEPTED = gettext_noop("%(file)s is %(kind)s, a format that is not accepted. Please convert it to JPEG or PNG.")
OTHER_FILE = gettext_noop("%(file)s is %(kind)s, not a picture. Please upload JPEG, PNG, WebP, AVIF, TIFF or GIF.")
UNKNOWN = gettext_noop("%(file)s is not a picture in a known format. Please upload JPEG, PNG, WebP, AVIF, TIFF or GIF.")
UNUSUAL_COLOURS = gettext_noop(
    "%(file)s stores its colours in a camera's or scientific form. Please export it with 8 or 16 bits a channel."
)
TOO_MANY_BYTES = gettext_noop(
    "%(file)s has %(size)s bytes, more than the %(most)s bytes that are accepted. Please save it smaller."
)
TOO_MANY_MEGABYTES = gettext_noop(
    "%(file)s has %(size)s MB, more than the %(most)s MB that are accepted. Please save it smaller."
)
TOO_LARGE = gettext_noop("%(file)s is too large a picture to be opened. Please save it with fewer pixels.")
SIDE_TOO_LONG = gettext_noop(
    "%(file)s is %(width)s × %(height)s pixels; a side may have at most %(most)s. Please save it smaller."
)
TOO_MANY_PIXELS = gettext_noop(
    "%(file)s has %(width)s × %(height)s pixels, more than the %(most)s that are accepted. Please save it smaller."
)
TOO_SMALL = gettext_noop("%(file)s is only %(width)s × %(height)s pixels; each side needs at least %(least)s.")


class ImageRefused(ValueError):
    """
    The file is refused: one sentence or two for a person, naming the file, the reason and what to do.

    `str(refused)` is English; `refused.said()` is in the language of whoever reads it now.

    `code` is for programs: "empty", "not_an_image", "unsupported_format", "truncated", "damaged", "too_many_bytes",
    "too_many_pixels" or "too_small".
    """

    def __init__(self, code: str, name: str, template: str, **values: Value) -> None:
        self._sentence = Sentence(template, {"file": _shown(name), **values})
        super().__init__(str(self._sentence))
        self.code = code

    def said(self) -> str:
        """The sentences, translated."""
        return self._sentence.said()


def shown_name(name: str) -> str:
    """A file's name for a sentence: in quotation marks, without folders and control characters, and not too long."""
    return str(_shown(name))


def _shown(name: str) -> Sentence:
    last = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    clean = "".join(character for character in last if unicodedata.category(character)[0] != "C").strip()
    if len(clean) > NAME_LENGTH:
        half = NAME_LENGTH // 2
        clean = f"{clean[:half]}…{clean[-half + 1 :]}"
    return Sentence(_FILE, {"name": clean}) if clean else Sentence(_NAMELESS)
