"""Where there is a broker, Celery does what `manage.py work` does elsewhere; where it is down, nothing is lost."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.factories import picture_bytes
from tests.services.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    var = tmp_path / "var"
    var.mkdir()
    there = Installation(var=var)
    try:
        there.manage("migrate", "--verbosity", "0")
        yield there
    finally:
        there.stop()


def museum(folder: Path, number: int) -> Path:
    """A folder to import, with one new painting."""
    style = folder / f"museum-{number}" / "Pointillism"
    style.mkdir(parents=True)
    (style / f"ilse-farrow_harbour-{number}.png").write_bytes(picture_bytes(number, size=(400, 300)))
    return style.parent


def test_a_painting_is_vectorized_by_celery_after_its_commit(installation: Installation, tmp_path: Path) -> None:
    installation.start_redis()
    installation.start_worker()

    installation.manage("import_paintings", museum(tmp_path, 1), "--publish", "--no-progress")

    installation.wait_for(lambda: installation.live_paintings() == 1, "the painting is live")
    assert "vectorizer.tasks.vectorize" in installation.log()


def test_a_broker_that_is_down_holds_nobody_up_and_the_sweep_finds_what_it_missed(
    installation: Installation, tmp_path: Path
) -> None:
    installation.start_redis()
    installation.stop("redis")

    started = time.monotonic()
    installation.manage("import_paintings", museum(tmp_path, 2), "--publish", "--no-progress")
    assert time.monotonic() - started < 20
    assert installation.live_paintings() == 0

    installation.start_redis()
    installation.start_worker()
    installation.start_beat()
    installation.wait_for(lambda: installation.live_paintings() == 1, "the sweep has found the painting")


def test_a_worker_that_is_killed_leaves_its_paintings_to_the_next(installation: Installation, tmp_path: Path) -> None:
    installation.start_redis()
    installation.manage("import_paintings", museum(tmp_path, 3), "--publish", "--no-progress")
    assert installation.live_paintings() == 0

    installation.start_worker()
    installation.stop("worker")
    installation.start_worker()
    installation.start_beat()

    installation.wait_for(lambda: installation.live_paintings() == 1, "the next worker has made the painting live")
