"""Many messages into an index: one thread makes them while others send what is ready."""

from collections import deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

from search.indexes.elasticsearch.writing import AT_ONCE, Written, write
from search.indexes.upkeep import Progress, silently
from vectorizer.documents import Message

WRITERS = 2  # Elasticsearch indexes one request on one core
AHEAD = 1  # batches that are ready while all writers are busy, so that none has to wait for the next


def load(messages: Iterable[Message], *, target: str, progress: Progress = silently) -> Written:
    """Write these messages into `target`, as `writing.write` does. Messages are made in the thread that calls.

    `progress` is told of each batch that the index has. Raises IndexUnavailable; then, as when it is interrupted,
    nothing is known of the messages.
    """
    waiting, total = iter(messages), Written()
    flying: deque[Future[Written]] = deque()
    with ThreadPoolExecutor(WRITERS, thread_name_prefix="index-writer") as writers:

        def land() -> Written:
            written = flying.popleft().result()
            progress(written.indexed + written.deleted + written.stale + len(written.failures))
            return written

        try:
            while batch := list(islice(waiting, AT_ONCE)):
                flying.append(writers.submit(write, batch, target=target))
                if len(flying) > WRITERS + AHEAD:
                    total += land()
            while flying:
                total += land()
        except BaseException:
            writers.shutdown(wait=False, cancel_futures=True)
            raise
    return total
