"""A page of results at 100,000 paintings, over HTTP, and where its time goes.

    python bench/results_page.py --collection var/pendant.sqlite3     mixtures of a collection's vectors
    python bench/results_page.py -n 20000 --questions 10              quickly, mixtures of the drawn sample's

The pages are whole ones, with facets, counts and the histogram of years, from gunicorn with two processes, one visitor;
the database with that many paintings (`bench/mixtures.py`) is made in a temporary folder, and the index is the
database's. No question is asked twice. First the question of the goal: two examples and three filters with their
counts; beside it, in turn, so that a busy moment hits all alike, simpler questions and harder ones. Then the profile of
the first kind, in one process under cProfile (which slows Python down, NumPy not): milliseconds a page.
"""

import argparse
import cProfile
import gzip
import http.client
import pstats
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import usage
from installation import UNLIMITED, installation
from mixtures import add_arguments, fill, mixtures

GOAL_MS = 150
TWO_AND_THREE = "two examples, three filters"
# What the profile tells apart: the end of the file's path and the function; a line indented is a part of the one above.
STAGES: Mapping[str, tuple[str, str]] = {
    "all of it": ("django/core/handlers/base.py", "get_response"),
    "reading the question": ("search/query.py", "from_params"),
    "the examples' vectors": ("search/examples.py", "target_of"),
    "the index": ("indexes/database.py", "find"),
    "  the journal's news": ("indexes/database.py", "_state"),
    "  the nearest": ("indexes/nearest.py", "nearest"),
    "  counts of the filters": ("indexes/selecting.py", "counts"),
    "  the years' histogram": ("indexes/selecting.py", "histogram"),
    "the paintings, from the database": ("search/similar.py", "paintings_of"),
    "what stands around them": ("search/wall/__init__.py", "around"),
    "the page from its templates": ("django/shortcuts.py", "render"),
    "compressing it": ("config/compressing.py", "process_response"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, paintings=100_000)
    parser.add_argument("--questions", type=int, default=30, metavar="N", help="of each kind (30)")
    options = parser.parse_args()
    with installation(settings=UNLIMITED) as (application, _):
        from search import indexes
        from vectorizer.models import EncoderModel

        model = EncoderModel.current()
        fill(model, mixtures(options, model), options.n)
        indexes.index().rebuild(model)
        application.manage("collectstatic", "--no-input", "--verbosity", "0")
        application.start("web")
        _time(_get(application.port), options.n, options.questions)
        _profile(options.n, options.questions)


def _kinds(paintings: int) -> Mapping[str, Callable[[int], str]]:
    """By name the address of the nth question of a kind. Each leaves something to find."""

    def example(number: int) -> int:
        return number * 7919 % paintings + 1  # a prime, so that they are spread over all of them

    def two(number: int) -> str:
        return f"like={example(2 * number)}&like={example(2 * number + 1)}"

    return {
        TWO_AND_THREE: lambda n: f"/search/?{two(n)}&style=style-4&genre=genre-{n % 10}&from=1500&to={1900 + n % 100}",
        "one example": lambda n: f"/search/?like={example(n)}",
        "two examples": lambda n: f"/search/?{two(n)}",
        "two, five features": lambda n: f"/search/?{two(n)}&weight.common512=1&weight.style512=2&weight.palette=1",
        "two, words fused": lambda n: f"/search/?{two(n)}&q=bridge+{n % 100}",
        "two for, one against": lambda n: f"/search/?{two(n)}&unlike={example(3 * n + 5)}",
        "words": lambda n: f"/?q=nocturne+{n % 100}",
        "nothing asked": lambda n: f"/?page={n + 1}",
    }


def _get(port: int) -> Callable[[str], bytes]:
    """One visitor with a connection a page, as a proxy would make them; the page as it travels."""

    def get(address: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status != http.client.OK or b'class="tile' not in gzip.decompress(body):
            sys.exit(f"No paintings on {address}: {response.status}")
        return body

    return get


def _time(get: Callable[[str], bytes], paintings: int, count: int) -> None:
    kinds = _kinds(paintings)
    times: dict[str, list[float]] = {name: [] for name in kinds}
    for number in range(4):  # both processes open the index, and every template is read
        for address in kinds.values():
            get(address(10_000 + number) if "page=" not in address(0) else address(number))
    print(f"\n{paintings:,} paintings; {usage.load()}; milliseconds, median (least–most) of {count}")
    for number in range(count):
        for name, address in kinds.items():
            started = time.perf_counter()
            get(address(number))
            times[name].append(1000 * (time.perf_counter() - started))
    goal = statistics.median(times[TWO_AND_THREE])
    for name, took in times.items():
        median = statistics.median(took)
        note = f"   goal ≤ {GOAL_MS}" if name == TWO_AND_THREE else f"   × {median / goal:.2f}"
        print(f"  {name:28} {median:7.1f}  ({min(took):.1f}–{max(took):.1f}){note}", flush=True)


def _profile(paintings: int, count: int) -> None:
    from django.test import Client

    client, address = Client(headers={"accept-encoding": "gzip", "host": "127.0.0.1"}), _kinds(paintings)[TWO_AND_THREE]
    client.get(address(20_000))
    profile = cProfile.Profile()
    started = time.perf_counter()
    for number in range(count):
        profile.runcall(client.get, address(30_000 + number))
    whole = 1000 * (time.perf_counter() - started) / count
    print(f"\nwhere the time of “{TWO_AND_THREE}” goes: ms a page of {whole:.0f}, under cProfile")
    stats: Any = pstats.Stats(profile)
    for label, (path, function) in STAGES.items():
        spent = sum(
            cumulative
            for (file, _, name), (_, _, _, cumulative, _) in stats.stats.items()
            if name == function and Path(file).as_posix().endswith(path)
        )
        print(f"  {label:36} {1000 * spent / count:7.1f}")


if __name__ == "__main__":
    main()
