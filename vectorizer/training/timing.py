"""How long LiteRT takes for one picture on one thread."""

import time
from pathlib import Path
from typing import Any

import numpy as np

from vectorizer.training.backbone import write_backbone

RUNS = 60
WARM_UP = 5


def milliseconds(folder: Path, variant: str, size: int) -> float:
    """Of a backbone, whose file is in `folder` or is written there."""
    return milliseconds_of(write_backbone(folder, variant, size).path, size)


def milliseconds_of(model: Path | bytes, size: int) -> float:
    """The fastest of many runs: the one that other work on the machine disturbed least."""
    run = open_runner(model)
    square = np.random.default_rng(0).integers(0, 256, (1, size, size, 3), np.uint8)
    times = []
    for _ in range(WARM_UP + RUNS):
        start = time.perf_counter()
        run(image=square)
        times.append(time.perf_counter() - start)
    return 1000 * min(times[WARM_UP:])


def open_runner(model: Path | bytes) -> Any:
    """Runs a LiteRT file on one thread: `run(image=square)` → outputs by name."""
    from ai_edge_litert.interpreter import Interpreter

    given = {"model_content": model} if isinstance(model, bytes) else {"model_path": str(model)}
    return Interpreter(**given, num_threads=1).get_signature_runner("serving_default")
