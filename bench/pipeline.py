"""Documents from the database to Elasticsearch: through relay, Kafka and sink, and by `rebuild_index`.

    python bench/pipeline.py -n 300                                      a look, in a minute
    python bench/pipeline.py --collection ~/museum/pendant.sqlite3       20,000 paintings like those
    python bench/pipeline.py --json results.json                         raw figures, too

Both beside a bare `helpers.bulk`, which sends the same documents, ready and in memory, into the same index without
versions. All in one run, on real servers that are started for it, with everything on the same cores. Each time counts
until all can be found; merges of the index are waited for in between. Bare runs come first and last, and their mean
counts: once with an index that nobody asks yet, as `rebuild_index` fills it, once with one that is refreshed each
second, as the sink finds it. Processors' time a document is that of relay and sink together, or of the rebuilding
process, and of the servers. At the end the same two thousand go through relay and sink once more, with a profile.
"""

import argparse
import cProfile
import json
import pstats
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import usage
from installation import installation
from mixtures import add_arguments, fill, mixtures
from usage import Used

PROFILED = 2000
PROFILE_LINES = 12
JOINING_SECONDS = 5  # until a sink has its partitions
REBUILD, KAFKA = "rebuild_index", "relay, Kafka, sink"
BARE = {"-1": "bare bulk, not refreshed", "1s": "bare bulk, refreshed each second"}  # by refresh_interval
LIKE = {REBUILD: BARE["-1"], KAFKA: BARE["1s"]}
GOALS = {REBUILD: 0.9, KAFKA: 0.7}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_arguments(parser, paintings=20_000)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the raw figures here")
    options = parser.parse_args()
    with installation("postgres", "redis", "kafka", "elasticsearch") as (application, servers):
        from vectorizer.models import EncoderModel

        model = EncoderModel.current()
        mixed = mixtures(options, model)
        empty = _database_bytes()
        fill(model, mixed, options.n)
        application.manage("create_topics")
        bench = Bench(application, servers, model, options.n)
        bench.run()
        results = [bench.row(name) for name in bench.taken]
        print(_table(results, options.n))
        sizes = bench.sizes(empty)
        print("\nBytes a painting, measured:\n")
        print("\n".join(f"* {name}: {size:,.0f}" for name, size in sizes.items()))
        print(bench.profiles())
        if options.json:
            figures = {"paintings": options.n, "rows": [asdict(row) for row in results], "bytes": sizes}
            options.json.write_text(json.dumps(figures, indent=1) + "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to the index. `share` is of the bare runs into an index of the same kind."""

    name: str
    seconds: Sequence[float]
    share: float
    processor_ms: Mapping[str, float]


class Bench:
    def __init__(self, application: Any, servers: Any, model: Any, count: int) -> None:
        from vectorizer import documents

        self.application, self.servers, self.model, self.count = application, servers, model, count
        self.ready = list(documents.everything(model))
        self.taken: dict[str, list[Used]] = {}

    def run(self) -> None:
        self._timed("", self._bare("1s", self.ready[: max(200, self.count // 10)]))  # Java gets quick by doing
        del self.taken[""]
        for refreshed in ("-1", "1s"):
            self._timed(BARE[refreshed], self._bare(refreshed, self.ready))
        self._timed(REBUILD, self._rebuild)
        self._begin_relaying()
        self._timed(KAFKA, self._through_kafka)
        self.application.stop()
        for refreshed in ("1s", "-1"):
            self._timed(BARE[refreshed], self._bare(refreshed, self.ready))

    def row(self, name: str) -> Row:
        taken, bare = self.taken[name], self.taken[LIKE.get(name, name)]
        mean = _mean([used.seconds for used in taken])
        processor = {
            who: 1000 * _mean([used.processor[who] for used in taken]) / self.count for who in taken[0].processor
        }
        share = _mean([used.seconds for used in bare]) / mean
        return Row(name=name, seconds=[used.seconds for used in taken], share=share, processor_ms=processor)

    def sizes(self, empty: int) -> Mapping[str, float]:
        """Bytes a painting, by where they lie; the index, which went through Kafka, after all merges.

        `empty`: those of the database before it had paintings.
        """
        from search.indexes.elasticsearch import generations
        from search.indexes.elasticsearch.client import patient

        name = generations.current(self.model).name
        patient().options(request_timeout=900).indices.forcemerge(index=name, max_num_segments=1)
        stats = patient().indices.stats(index=name, metric=["store", "dense_vector"])["_all"]["primaries"]
        found = {
            "document": sum(len(message.body) for message in self.ready),
            "record in the topic": sum(usage.bytes_under(path) for path in self._kafka().glob("data/paintings.*")),
            "index on disk": stats["store"]["size_in_bytes"],
            "PostgreSQL, without local features": _database_bytes() - empty,
        }
        found |= {f"index, {key}": size for key, size in stats["dense_vector"].get("off_heap", {}).items() if _is(size)}
        return {name: size / self.count for name, size in found.items()}

    def profiles(self) -> str:
        """Relay and sink once more, in this process: where the processor's time goes."""
        from search.sink.sinking import Sink
        from vectorizer import relay
        from vectorizer.models import RelayPosition

        self._empty()
        again = min(self.count - 1, PROFILED)
        for entries in (1, again):  # the first starts the producer, which is no document's cost
            RelayPosition.objects.update(position=relay.position(self.model) - entries)
            if entries != again:
                relay.drain(self.model)
        relaying = _profiled(lambda: relay.drain(self.model), again)
        sinking = _profiled(lambda: Sink().run(until_caught_up=True), again)
        return f"\nRelay, by processor's time:\n\n{relaying}\nSink:\n\n{sinking}"

    def _timed(self, name: str, work: Callable[[], object]) -> None:
        processes = {name: server.pid for name, server in self.servers.ours.items()}
        processes |= {name: self.application.pid(name) for name in self.application.names}
        done = usage.used(work, processes)
        self.taken.setdefault(name, []).append(done)
        if name:
            print(f"  {name}: {done.seconds:.1f} s ({usage.load()})", flush=True)
        self._settle()

    def _settle(self) -> None:
        """Only the index in use stays, and no merge goes on."""
        from search import indexes
        from search.indexes.elasticsearch.client import patient

        indexes.upkeep(self.model).drop_older()
        while any(
            node["indices"]["merges"]["current"]
            for node in patient().nodes.stats(metric="indices", index_metric="merge")["nodes"].values()
        ):
            time.sleep(1)

    def _bare(self, refreshed: str, ready: Sequence[Any]) -> Callable[[], object]:
        from elasticsearch import helpers

        from search.indexes.elasticsearch import generations
        from search.indexes.elasticsearch.client import patient

        def bulk() -> None:
            index = generations.create(self.model).name
            patient().indices.put_settings(index=index, settings={"index": {"refresh_interval": refreshed}})
            done, failed = helpers.bulk(
                patient(),
                ready,
                index=index,
                expand_action_callback=lambda message: ({"index": {"_id": str(message.painting_id)}}, message.body),
            )
            patient().indices.refresh(index=index)
            if (done, failed) != (len(ready), []):
                sys.exit(f"Elasticsearch took {done} of {len(ready)} documents.")

        return bulk

    def _rebuild(self) -> None:
        from search import indexes

        indexes.upkeep(self.model).rebuild()

    def _begin_relaying(self) -> None:
        """Relay and sink run, and have nothing to do."""
        from gallery import journal
        from vectorizer import relay

        self._empty()
        relay.skip(self.model, journal.position())
        for kind, said in (("relay", "Publishing"), ("sink", "Waiting")):
            self.application.start(kind)
            self.application.wait_for(lambda said=said, kind=kind: said in self.application.log(kind), f"{kind} is up")
        time.sleep(JOINING_SECONDS)

    def _through_kafka(self) -> None:
        """From a journal that nobody has followed to the last document that can be found."""
        from vectorizer.models import RelayPosition

        RelayPosition.objects.update(position=0)
        while self._found() < self.count:
            time.sleep(0.25)

    def _empty(self) -> None:
        from search.indexes.elasticsearch import generations

        generations.move(self.model, generations.create(self.model))

    def _found(self) -> int:
        from search.indexes.elasticsearch.client import patient
        from search.indexes.elasticsearch.generations import read_alias

        return int(patient().count(index=read_alias(self.model.name))["count"])

    def _kafka(self) -> Path:
        folder: Path = self.servers.ours["kafka"].folder
        return folder


def _table(rows: Sequence[Row], count: int) -> str:
    servers = [name for name in rows[0].processor_ms if name != usage.THIS]
    lines = [
        f"\n{count:,} documents; {usage.load()}; processor's time in ms a document\n",
        f"| | seconds | documents a second | of a bare bulk | goal | Pendant | {' | '.join(servers)} |",
        f"|---|{'---:|' * (5 + len(servers))}",
    ]
    for row in rows:
        ours = [row.processor_ms[name] for name in ("relay", "sink") if name in row.processor_ms]
        pendant = sum(ours or [row.processor_ms[usage.THIS]])
        cells = [
            " and ".join(f"{seconds:.1f}" for seconds in row.seconds),
            f"{count / _mean(row.seconds):.0f}",
            f"{row.share:.0%}",
            f"≥ {GOALS[row.name]:.0%}" if row.name in GOALS else "",
            f"{pendant:.2f}" + (f" ({' + '.join(f'{each:.2f}' for each in ours)})" if ours else ""),
            *(f"{row.processor_ms[name]:.2f}" for name in servers),
        ]
        lines.append(f"| {row.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _profiled(work: Callable[[], object], count: int) -> str:
    profile = cProfile.Profile(time.thread_time)
    profile.runcall(work)
    stats = pstats.Stats(profile).get_stats_profile()
    rows = sorted(stats.func_profiles.items(), key=lambda item: -item[1].tottime)[:PROFILE_LINES]
    lines = ["| ms a document | of all | function |", "|---:|---:|---|"]
    for name, each in rows:
        place = "/".join(Path(each.file_name).parts[-2:])
        lines.append(f"| {1000 * each.tottime / count:.3f} | {each.tottime / stats.total_tt:.0%} | {name} ({place}) |")
    return "\n".join([*lines, f"| {1000 * stats.total_tt / count:.3f} | 100% | all |", ""])


def _database_bytes() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return int(size)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _is(size: object) -> bool:
    return isinstance(size, int) and size > 0


if __name__ == "__main__":
    main()
