"""Where there is a broker, Celery does what `manage.py work` does elsewhere; where it is down, nothing is lost."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stack.application import Application
from stack.redis import Redis
from tests.factories import picture_bytes
from tests.services.installing import live_paintings, mapped_paintings


@pytest.fixture
def broker(run_folder: Path, tmp_path: Path) -> Iterator[Redis]:
    """A Redis of the test's own, which is not running."""
    server = Redis(run_folder / f"broker-{tmp_path.name}")
    yield server
    server.kill()


@pytest.fixture
def pendant(small: Application, broker: Redis) -> Application:
    small.settings["REDIS_URL"] = broker.url
    return small


def museum(folder: Path, number: int) -> Path:
    """A folder to import, with one new painting."""
    style = folder / f"museum-{number}" / "Pointillism"
    style.mkdir(parents=True)
    (style / f"ilse-farrow_harbour-{number}.png").write_bytes(picture_bytes(number, size=(400, 300)))
    return style.parent


def add(pendant: Application, folder: Path) -> None:
    pendant.manage("import_paintings", folder, "--publish", "--no-progress")


def seconds(act: Callable[[], None]) -> float:
    started = time.monotonic()
    act()
    return time.monotonic() - started


def test_a_painting_is_vectorized_by_celery_after_its_commit(
    pendant: Application, broker: Redis, tmp_path: Path
) -> None:
    broker.start()
    pendant.start("worker")

    add(pendant, museum(tmp_path, 1))

    pendant.wait_for(lambda: live_paintings(pendant) == 1, "the painting is live")
    assert "vectorizer.tasks.vectorize" in pendant.log("worker")


def test_a_broker_that_is_down_holds_nobody_up_and_the_sweep_finds_what_it_missed(
    pendant: Application, broker: Redis, tmp_path: Path
) -> None:
    broker.start()
    with_broker = seconds(lambda: add(pendant, museum(tmp_path, 2)))
    broker.stop()

    without = seconds(lambda: add(pendant, museum(tmp_path, 4)))
    assert without < with_broker + 10
    assert live_paintings(pendant) == 0

    broker.start()
    pendant.start("worker")
    pendant.start("beat")
    pendant.wait_for(lambda: live_paintings(pendant) == 2, "the sweep has found both paintings")


def test_a_worker_that_is_killed_leaves_its_paintings_to_the_next(
    pendant: Application, broker: Redis, tmp_path: Path
) -> None:
    broker.start()
    add(pendant, museum(tmp_path, 3))
    assert live_paintings(pendant) == 0

    pendant.start("worker")
    pendant.kill("worker")
    pendant.start("worker")
    pendant.start("beat")

    pendant.wait_for(lambda: live_paintings(pendant) == 1, "the next worker has made the painting live")


def test_a_worker_has_the_map_made_where_there_is_none(pendant: Application, broker: Redis, tmp_path: Path) -> None:
    broker.start()
    pendant.manage("rebuild_index", "--if-missing")
    add(pendant, museum(tmp_path, 5))
    pendant.manage("vectorize", "--missing")
    assert mapped_paintings(pendant) == 0

    pendant.start("worker")
    pendant.manage("shell", "-c", "from search.tasks import grow_map; grow_map.delay()")  # beat does so once a minute

    pendant.wait_for(lambda: mapped_paintings(pendant) == 1, "the painting is on the map")
