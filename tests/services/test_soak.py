"""`./run services-test --soak`: everything that can befall the whole, while paintings are added, changed and deleted.

Nothing may be lost and nothing doubled: visitors see what the curators did, and the index is the database's.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stack.elasticsearch import Elasticsearch
from stack.server import Server
from tests.services import whole as wholes
from tests.services.installing import fresh_database
from tests.services.soak import Fault, Soak
from tests.services.visitor import Crowd
from tests.services.whole import Whole
from tests.services.writer import Writer

WRITERS = 4
PATIENCE_SECONDS = 3600
EVERY_PAINTING = range(1, 10**9)


@pytest.fixture
def own(run_folder: Path) -> Iterator[Elasticsearch]:
    """An Elasticsearch that can be killed."""
    server = Elasticsearch(run_folder / "soak" / "elasticsearch").start()
    yield server
    server.kill()


@pytest.fixture
def whole(run_folder: Path, tmp_path: Path, postgres: str, own: Elasticsearch) -> Iterator[Whole]:
    with (
        contextmanager(fresh_database)(postgres) as database,
        wholes.running(
            run_folder / "soak", tmp_path / "pendant", DATABASE_URL=database, ELASTICSEARCH_URL=own.url
        ) as everything,
    ):
        for kind in ("relay", "sink"):
            everything.pendant.start(kind, f"{kind}-2")
        yield everything


def faults(whole: Whole, elasticsearch: Elasticsearch, seconds: float) -> list[Fault]:
    def flush() -> None:
        whole.flush_redis()

    def late() -> str:
        return f"{whole.publish_again(EVERY_PAINTING)} old records come once more, behind newer ones"

    def poison() -> str:
        return f"{whole.poison()} records"

    def replay() -> str:
        return f"{whole.replay()} records, by sinks of a new group"

    return [
        Fault(at=0.1, what="Redis loses everything", begin=flush),
        down(0.2, whole.kafka, seconds),
        Fault(at=0.4, what="Poison", begin=poison),
        Fault(at=0.5, what="The topic is read from its start", begin=replay),
        down(0.6, elasticsearch, seconds),
        Fault(at=0.8, what="Out of order", begin=late),
        Fault(at=0.9, what="Redis loses everything", begin=flush),
        Fault(at=0.95, what="The topic is read from its start", begin=replay),
    ]


def down(at: float, server: Server, seconds: float) -> Fault:
    def is_back() -> bool:
        assert server.is_running, server.last_words()
        return server.answers()

    return Fault(
        at=at,
        what=f"{server.name} is down",
        begin=server.kill,
        seconds=seconds,
        end=server.launch,
        is_over=is_back,
    )


def test_nothing_is_lost_and_nothing_is_doubled(
    whole: Whole, own: Elasticsearch, pytestconfig: pytest.Config, capsys: pytest.CaptureFixture[str]
) -> None:
    def say(what: str) -> None:
        with capsys.disabled():
            print(what, flush=True)  # noqa: T201

    paintings, kills, seconds, seed = (
        pytestconfig.getoption(f"--soak-{name}") for name in ("paintings", "kills", "outage", "seed")
    )
    writers = [
        Writer(whole.curator(), seed * WRITERS + number, paintings=len(range(number, paintings, WRITERS)))
        for number in range(WRITERS)
    ]
    soak = Soak(
        whole,
        writers=writers,
        paintings=paintings,
        faults=faults(whole, own, seconds),
        kills=kills,
        seed=seed,
    )
    say(f"\n{paintings} paintings by {WRITERS} writers, {kills} kills, seed {seed}; two relays and two sinks.")
    started = time.monotonic()
    with Crowd(whole.pendant.url, pause_seconds=0.5).asking() as crowd:
        for writer in writers:
            writer.start()
        soak.run(say)
        for writer in writers:
            writer.stop()
        soak.tell("All is written; what is on its way is waited for")
        whole.wait(whole.is_quiet, "nothing is on its way any more", PATIENCE_SECONDS)
        said = whole.settle()
        soak.tell("All is quiet")

    done = sum((writer.done for writer in writers), Counter[str]())
    status = whole.status()
    say("Done: " + ", ".join(f"{count} {what}" for what, count in done.items()) + ".")
    say("Killed: " + ", ".join(f"{count} times a {kind}" for kind, count in soak.killed.items()) + ".")
    say(f"A visitor asked meanwhile: {dict(crowd.answers)}, {crowd.longest_seconds:.1f} s at the longest;")
    outage = next((begun, over) for what, begun, over in soak.times if what == f"{own.name} is down")
    unasked = [at for at in crowd.refused if not outage[0] <= at <= outage[1]]
    say(f"503 came {len(crowd.refused)} times, {len(unasked)} of them while {own.name} was up.")
    say(f"{len(whole.public)} paintings are public, {status['dead_letters']['count']} dead letters.")
    say(f"verify_index after {time.monotonic() - started:.0f} s: {said.strip()}")
    assert done["added"] == paintings
    assert sum(soak.killed.values()) == kills
    assert soak.ended == []
    assert crowd.answers.keys() <= {"200", "503"}
    assert unasked == []
