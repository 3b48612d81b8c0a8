"""How much of the machine `manage.py vectorize --all` uses: beside a bare loop, and beside Keras, in one run.

    python bench/vectorize.py ../shared/paintings/images
    python bench/vectorize.py PICTURES --pictures 300 --artifact lite0-stats512 --rounds 3 --no-keras

The bare loop does nothing but open each file and encode it, in as many spawned processes as there are cores. The
command does the same and keeps the books: attempts, rows, the journal. Both are timed with the start of their
processes, in turn, and the ratio is that of their best rounds. The processors' time is printed, too: on a machine that
others use it is the steadier figure. Keras runs the same backbone and statistics, in batches on all cores, in a process
of its own that imports TensorFlow; its start and its first batch are not counted.
"""

import argparse
import json
import multiprocessing
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = 0.85
FILES_A_JOB = 32
KERAS_BATCH = 32
LEAST_KERAS_PICTURES = 2 * KERAS_BATCH
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".gif"}


def main() -> None:
    options = _options()
    sys.path.insert(0, str(ROOT))
    pictures = sorted(path for path in options.pictures_folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    pictures = pictures[:: max(1, len(pictures) // options.pictures)][: options.pictures]
    if not pictures:
        sys.exit(f"There are no pictures under {options.pictures_folder}.")
    with tempfile.TemporaryDirectory(prefix="pendant-bench-") as folder:
        originals = _collection(Path(folder), pictures, options.artifact)
        cores = os.cpu_count() or 1
        print(f"{len(originals):,} pictures, {cores} cores, {options.artifact}; pictures a second:")
        bare, command = [], []
        for number in range(options.rounds):
            bare.append(_timed(len(originals), lambda: _bare(originals, options.artifact, cores)))
            command.append(_timed(len(originals), _command))
            print(f"  round {number + 1}: bare loop {bare[-1]}   vectorize --all {command[-1]}")
    ratio = max(each.a_second for each in command) / max(each.a_second for each in bare)
    effort = min(each.effort for each in bare) / min(each.effort for each in command)
    print(f"  vectorize --all reaches {ratio:.0%} of the bare loop (at least {TARGET:.0%} are wanted)")
    print(f"  of the processors' time it spends, {effort:.0%} is the bare loop's")
    if options.keras:
        print(f"  Keras, batches of {KERAS_BATCH}: {_keras(pictures):6.1f}")
    sys.exit(ratio < TARGET)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """`effort` is the processors' time a picture, in milliseconds, of this process and its children."""

    a_second: float
    effort: float

    def __str__(self) -> str:
        return f"{self.a_second:6.1f} ({self.effort:4.1f} ms of processor each)"


def _timed(pictures: int, work: Callable[[], None]) -> Timed:
    started, spent = time.perf_counter(), _processor_seconds()
    work()
    seconds = time.perf_counter() - started
    return Timed(a_second=pictures / seconds, effort=1000 * (_processor_seconds() - spent) / pictures)


def _processor_seconds() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures_folder", type=Path, metavar="PICTURES", help="a folder of pictures")
    parser.add_argument("--pictures", type=int, default=100_000, metavar="N", help="how many of them (all)")
    parser.add_argument("--artifact", default="lite0-eye1", help="the model (lite0-eye1)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed (3)")
    parser.add_argument("--no-keras", dest="keras", action="store_false", help="leave Keras out")
    return parser.parse_args()


def _collection(folder: Path, pictures: Sequence[Path], artifact: str) -> list[str]:
    """A collection of its own with these pictures, prepared once; returns the paths of its originals."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PENDANT_VAR": str(folder),
        "PENDANT_SECRET_KEY": secrets.token_hex(32),
        "PENDANT_ARTIFACT": artifact,
        "PENDANT_LOG_LEVEL": "WARNING",
    }
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    from gallery import journal, originals
    from gallery.images import ImageRefused
    from gallery.models import Image, Painting

    call_command("migrate", verbosity=0)
    for path in pictures:
        try:
            with path.open("rb") as file:
                image = originals.add(file, path.name)
        except ImageRefused:
            continue
        with journal.writing():
            Painting.objects.create(title=path.stem, image=image, state=Painting.State.PUBLISHED)
    call_command("vectorize", missing=True, thumbnails_only=True, verbosity=0, stdout=StringIO())
    return [originals.storage().path(image.path) for image in Image.objects.order_by("pk")]


def _command() -> None:
    from django.core.management import call_command

    call_command("vectorize", all=True, thumbnails_only=True, verbosity=0, stdout=StringIO())


def _bare(originals: Sequence[str], artifact: str, processes: int) -> None:
    """Opening and encoding alone."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")
    jobs = [originals[start : start + FILES_A_JOB] for start in range(0, len(originals), FILES_A_JOB)]
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_load, initargs=(artifact,)) as pool:
        made = sum(pool.map(_encode, jobs))
    if made != len(originals):
        raise RuntimeError(f"{made} of {len(originals)} pictures were encoded.")


_loaded: dict[str, Any] = {}


def _load(artifact: str) -> None:
    sys.path.insert(0, str(ROOT))
    import cv2

    from vectorizer import encoder

    cv2.setNumThreads(1)
    _loaded["encoder"] = encoder.load(encoder.artifact_path(artifact))


def _encode(paths: Sequence[str]) -> int:
    import numpy as np

    from gallery.images import Limits
    from vectorizer import opening

    limits = Limits(max_bytes=2**30, max_pixels=170_000_000)
    for path in paths:
        with Path(path).open("rb") as file:
            picture = opening.open_picture(file, path, limits)
        _loaded["encoder"].encode([np.asarray(picture)])
    return len(paths)


def _keras(pictures: Sequence[Path]) -> float:
    """Pictures a second by Keras, in a process of its own."""
    code = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'bench')!r}]; import vectorize; vectorize.time_keras()"
    )
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    environment.pop("OPENBLAS_NUM_THREADS", None)
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps([str(path) for path in pictures[: max(LEAST_KERAS_PICTURES, len(pictures))]]),
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    return float(done.stdout.split()[-1])


def time_keras() -> None:
    """Print how many pictures a second Keras reads, fits and runs, of those named on the standard input."""
    import numpy as np

    from vectorizer.training.network import INPUT_SIZE, build_network
    from vectorizer.training.pictures import read_batches
    from vectorizer.training.statistics import build_statistics

    paths = [Path(name) for name in json.load(sys.stdin)]
    model = build_statistics(build_network())
    model.predict_on_batch(np.zeros((KERAS_BATCH, INPUT_SIZE, INPUT_SIZE, 3), np.float32))
    paths = paths[: len(paths) // KERAS_BATCH * KERAS_BATCH]  # whole batches: another shape is compiled anew
    started = time.perf_counter()
    for batch in read_batches(paths, INPUT_SIZE, "squash", KERAS_BATCH):
        model.predict_on_batch(batch.astype(np.float32))
    print(len(paths) / (time.perf_counter() - started))


if __name__ == "__main__":
    main()
