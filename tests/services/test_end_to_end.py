"""The whole way with real processes: a curator's upload over HTTP → Celery's worker (Redis) → PostgreSQL → Kafka → sink
→ Elasticsearch → a visitor's search. In good order, and with one of each fault.

One installation goes through it all. After each test visitors see what they must, and the index is right, painting by
painting and version by version.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.factories import picture_bytes
from tests.services import whole as wholes
from tests.services.curator import Curator
from tests.services.installing import fresh_database
from tests.services.saying import Said
from tests.services.whole import Whole
from tests.services.wire import Wire

UPLOADS = 50
CURATORS = 2  # who upload them, at the same time
SENTENCE = "Pendant is busy or being repaired. Please try again in a moment."

Upload = Callable[[], int]


@pytest.fixture(scope="module")
def wire(elasticsearch: str) -> Iterator[Wire]:
    """Between this installation and an Elasticsearch that other tests use, too."""
    with Wire(elasticsearch).mended() as between:
        yield between


@pytest.fixture(scope="module")
def whole(run_folder: Path, tmp_path_factory: pytest.TempPathFactory, postgres: str, wire: Wire) -> Iterator[Whole]:
    folder, var = run_folder / "end-to-end", tmp_path_factory.mktemp("end-to-end") / "pendant"
    with (
        contextmanager(fresh_database)(postgres) as database,
        wholes.running(folder, var, DATABASE_URL=database, ELASTICSEARCH_URL=wire.url) as everything,
    ):
        yield everything


@pytest.fixture(scope="module")
def curator(whole: Whole) -> Curator:
    return whole.curator()


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return itertools.count(1)


@pytest.fixture
def upload(curator: Curator, numbers: Iterator[int]) -> Upload:
    """Add and publish another painting, and return its id."""
    return lambda: _upload(curator, next(numbers))


def _upload(curator: Curator, number: int) -> int:
    return curator.add(f"Harbour with {_mark(number)}", picture_bytes(number))


def _mark(number: int) -> str:
    """A word that no other painting has."""
    return f"pier{number:05d}"


# --- In good order ---------------------------------------------------------------------------------------------------


def test_an_upload_is_found_by_visitors_within_seconds(whole: Whole, numbers: Iterator[int], said: Said) -> None:
    visitor = whole.visitor

    def upload_and_find(curator: Curator) -> float:
        number, started = next(numbers), time.monotonic()
        painting = _upload(curator, number)
        whole.wait(lambda: visitor.finds(_mark(number)) == {painting}, f"{_mark(number)} is found")
        return time.monotonic() - started

    def work(curator: Curator) -> list[float]:
        return [upload_and_find(curator) for _ in range(UPLOADS // CURATORS)]

    curators = [whole.curator() for _ in range(CURATORS)]
    with ThreadPoolExecutor(CURATORS) as desks:
        seconds = [each for desk in desks.map(work, curators) for each in desk]

    p95 = quantiles(seconds, n=20, method="inclusive")[-1]
    said(
        f"{len(seconds)} uploads over HTTP, {CURATORS} at a time: searchable after {median(seconds):.2f} s (median), "
        f"{p95:.2f} s (p95), {max(seconds):.2f} s at the most"
    )
    whole.settle()


def test_what_is_published_by_the_admins_form_is_found_and_has_look_alikes(whole: Whole, curator: Curator) -> None:
    painting = curator.add_by_form("A Lighthouse", picture_bytes(100_001))

    whole.wait(lambda: whole.visitor.finds("lighthouse") == {painting}, "it is found")

    alike = whole.visitor.alike(painting)
    assert alike
    assert set(alike) <= whole.public.keys() - {painting}


def test_what_is_changed_withdrawn_or_deleted_is_so_for_visitors(
    whole: Whole, curator: Curator, upload: Upload
) -> None:
    renamed, withdrawn, deleted = (upload() for _ in range(3))
    whole.settle()

    curator.rename(renamed, "A Windmill")
    curator.withdraw(withdrawn)
    curator.delete(deleted)

    assert whole.visitor.page(f"/api/v1/paintings/{withdrawn}/").status_code == 404
    assert whole.visitor.page(f"/api/v1/paintings/{deleted}/").status_code == 404
    whole.wait(lambda: whole.visitor.finds("windmill") == {renamed}, "it is found by its new title")
    whole.settle()


# --- Faults ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["worker", "relay", "sink"])
def test_kill_9_loses_nothing(name: str, whole: Whole, curator: Curator, upload: Upload) -> None:
    early = [upload() for _ in range(4)]

    whole.pendant.kill(name)
    upload()
    curator.withdraw(early[0])
    curator.delete(early[1])
    whole.pendant.restart(name)

    whole.settle()


def test_kafka_may_be_down_for_a_while(whole: Whole, curator: Curator, upload: Upload) -> None:
    early = upload()

    whole.kafka.kill()
    upload()
    curator.withdraw(early)
    assert whole.visitor.finds("lighthouse")
    whole.kafka.start()

    whole.settle()


def test_elasticsearch_may_be_down_for_a_while(whole: Whole, curator: Curator, upload: Upload, wire: Wire) -> None:
    wire.cut()
    page, answer = (whole.visitor.page(path) for path in ("/", "/api/v1/paintings/"))
    upload()
    curator.add_by_form("A Ferry", picture_bytes(100_002))
    wire.mend()

    assert (page.status_code, answer.status_code) == (503, 503)
    assert SENTENCE in page.text
    assert answer.json() == {"detail": SENTENCE}
    whole.settle()


def test_redis_may_lose_everything(whole: Whole, upload: Upload) -> None:
    whole.pendant.stop("worker")
    upload()
    whole.flush_redis()
    whole.pendant.start("worker")
    whole.settle()

    whole.flush_redis()
    upload()
    whole.settle()


def test_a_topic_can_be_read_again_from_its_start(whole: Whole, upload: Upload) -> None:
    whole.settle()

    assert whole.replay() > len(whole.public)
    upload()

    whole.settle()
    whole.wait(whole.is_quiet, "all is read again")
    whole.settle()


def test_what_comes_late_is_ignored(whole: Whole, curator: Curator, upload: Upload) -> None:
    renamed, withdrawn = upload(), upload()
    whole.settle()
    curator.rename(renamed, "A Windmill at Dusk")
    curator.withdraw(withdrawn)
    whole.settle()

    assert whole.publish_again({renamed, withdrawn}) == 2
    upload()

    whole.wait(whole.is_quiet, "the old records are read")
    whole.settle()


def test_what_can_not_be_indexed_is_laid_aside_and_holds_up_nothing(whole: Whole, upload: Upload) -> None:
    before = whole.status()["dead_letters"]["count"]

    poisonous = whole.poison()
    upload()

    whole.wait(lambda: whole.status()["dead_letters"]["count"] == before + poisonous, "they are dead letters")
    whole.settle()


def test_two_relays_and_two_sinks_share_the_work_and_one_is_enough(whole: Whole, upload: Upload) -> None:
    for kind in ("relay", "sink"):
        whole.pendant.start(kind, f"{kind}-2")
    whole.wait(lambda: whole.topic.shares(whole.group) == [1, 2], "each sink has partitions")
    upload()
    whole.settle()

    for name in ("relay", "sink"):
        whole.pendant.kill(name)
    upload()
    whole.settle()

    for kind in ("relay", "sink"):
        whole.pendant.restart(kind)
        whole.pendant.stop(f"{kind}-2")
