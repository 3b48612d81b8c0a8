"""Processes that survive the death of one. Imports no models: a spawned process reads this before Django is set up."""

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any


class Pool:
    """Spawned processes with Django set up in each; all of them are replaced when one dies."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._executor = self._start()

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        """Run `function` in one of the processes. Its future raises BrokenProcessPool where that process died."""
        try:
            return self._executor.submit(function, *arguments)
        except BrokenProcessPool:
            self.replace()
            return self._executor.submit(function, *arguments)

    def replace(self) -> None:
        """Start new processes; what the old ones had not finished is lost."""
        self.close()
        self._executor = self._start()

    def close(self) -> None:
        """Stop the processes after what they are at."""
        self._executor.shutdown(cancel_futures=True)

    def _start(self) -> ProcessPoolExecutor:
        # Read when NumPy is first imported, so it must stand in the environment that the processes are given.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=_set_up)


def _set_up() -> None:
    import cv2
    import django

    cv2.setNumThreads(1)  # the processes share the cores among themselves

    django.setup()
