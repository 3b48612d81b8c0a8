"""Sentences that are English where they are kept, and in the reader's language where they are read."""

import subprocess
import sys
from io import BytesIO

import pytest
from django.utils.translation import override

from gallery import images, sentences
from gallery.images import ImageRefused, Limits
from gallery.sentences import Sentence, gettext_noop, retold

SIZES = gettext_noop(
    "%(file)s has %(width)s × %(height)s pixels, more than the %(most)s that are accepted. Please save it smaller."
)
REFUSED = "“bridge.png” has 12,000 × 3 pixels, more than the 5,000,000 that are accepted. Please save it smaller."
ABGELEHNT = (
    "„bridge.png“ hat 12.000 × 3 Pixel, mehr als die 5.000.000, die angenommen werden. "
    "Bitte speichern Sie das Bild kleiner."
)


def refusal(name: str = "bridge.png") -> ImageRefused:
    return ImageRefused("too_many_pixels", name, SIZES, width=12_000, height=3, most=5_000_000)


def test_a_refusal_is_english_as_text_and_german_to_a_german_reader() -> None:
    with override("de"):
        assert str(refusal()) == REFUSED
        assert refusal().said() == ABGELEHNT
    assert refusal().said() == REFUSED


def test_a_file_without_a_name_is_told_as_such_in_both_languages() -> None:
    assert str(refusal("")).startswith("The file has")
    with override("de"):
        assert refusal("").said().startswith("Die Datei hat")


def test_what_was_stored_in_english_is_retold_with_its_name_and_its_numbers() -> None:
    with override("de"):
        assert retold(REFUSED) == ABGELEHNT
        assert retold(
            "“a 100 % “good” one.jpg” is a PDF document, not a picture. Please upload JPEG, PNG, WebP, AVIF, "
            "TIFF or GIF."
        ).startswith("„a 100 % “good” one.jpg“ ist ein PDF-Dokument und kein Bild.")
    assert retold(REFUSED) == REFUSED


@pytest.mark.parametrize("stored", ["", "Imported by hand", "100 %(odd)s", "A line\nand another"])
def test_what_nobody_knows_is_shown_as_it_is(stored: str) -> None:
    with override("de"):
        assert retold(stored) == stored


def test_a_name_that_looks_like_a_number_stays_as_it_is() -> None:
    with override("de"):
        assert retold("“12.5” is empty: it has no bytes. Please choose the file again.").startswith("„12.5“ ist leer")


def test_numbers_are_written_as_the_language_writes_them() -> None:
    size = Sentence("%(size)s MB", {"size": 1234.56})
    assert str(size) == "1,234.6 MB"
    with override("de"):
        assert size.said() == "1.234,6 MB"
        assert Sentence("%(size)s bytes", {"size": 1234}).said() == "1.234 bytes"


def test_every_template_is_known_again_when_it_was_filled_in() -> None:
    for template in sorted(sentences._templates):
        places = {name: "x" for name in sentences._PLACE.findall(template) if name}
        told = str(Sentence(template, places))
        with override("de"):
            assert retold(told) == Sentence(template, places).said(), template


def test_refusing_needs_no_django() -> None:
    program = (
        "import sys; from gallery import dates, file_kinds, image_refusals, images, sentences; "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_file_that_is_looked_at_is_refused_in_german() -> None:
    with override("de"), pytest.raises(ImageRefused) as refused:
        images.inspect(BytesIO(b""), "leer.png", Limits(max_bytes=10, max_pixels=10))
    with override("de"):
        assert refused.value.said() == (
            "„leer.png“ ist leer: Es sind keine Bytes darin. Bitte wählen Sie die Datei noch einmal."
        )


def test_no_line_parts_a_percentage_from_its_sign_where_it_is_read() -> None:
    share = Sentence("%(file)s: %(share)s %%", {"file": "100 %.jpg", "share": 12})
    assert share.said() == "100 %.jpg: 12\u00a0%"
    assert str(share) == "100 %.jpg: 12 %"
    assert sentences.unbroken("under 1 %, or 99 %") == "under 1\u00a0%, or 99\u00a0%"
