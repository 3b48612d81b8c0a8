"""Every kind of bad file in one import: each is refused with its own sentence, and the good one goes in."""

from pathlib import Path
from typing import Any

import pytest

from gallery import images, originals
from gallery.importing.importer import import_rows
from gallery.importing.rows import Row
from gallery.models import Image, Painting
from tests.bad_files import BAD_FILES, LIMITS
from tests.factories import picture_bytes

pytestmark = pytest.mark.django_db


def test_every_bad_file_is_a_problem_of_its_own_row_and_the_good_one_goes_in(tmp_path: Path, settings: Any) -> None:
    settings.MAX_IMAGE_BYTES, settings.MAX_IMAGE_PIXELS = LIMITS.max_bytes, LIMITS.max_pixels
    folder = tmp_path / "museum"
    rows = []
    for line, bad in enumerate(BAD_FILES, start=2):
        path = folder / str(line) / _on_disk(bad.name)
        path.parent.mkdir(parents=True)
        path.write_bytes(bad.make())
        rows.append(Row(line=line, source_id=str(line), image_path=path, title="Bad"))
    good = folder / "good.png"
    good.write_bytes(picture_bytes(1))
    rows.append(Row(line=1000, source_id="good", image_path=good, title="Good"))

    report = import_rows(rows, source="museum")

    assert report.added == 1
    assert [painting.title for painting in Painting.objects.all()] == ["Good"]
    assert Image.objects.count() == len(list(Path(originals.storage().path("")).rglob("*.*"))) == 1
    assert [problem.line for problem in report.problems] == list(range(2, len(BAD_FILES) + 2))
    for bad, problem in zip(BAD_FILES, report.problems, strict=True):
        assert images.shown_name(_on_disk(bad.name)) in problem.reason
        assert problem.reason.endswith(".")


def _on_disk(name: str) -> str:
    """The name as far as a file system takes it."""
    return name.replace("\0", "")[-100:]
