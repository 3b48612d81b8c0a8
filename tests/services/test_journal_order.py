"""On PostgreSQL, who reads the journal by the last id misses nothing, however many write at the same time."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read_and_written(database: str, *arguments: str) -> tuple[list[int], list[int]]:
    """The ids that a reader saw while eight wrote, and those that are in the journal afterwards."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PENDANT_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "tests.services.journal_writers", *arguments],
        cwd=ROOT,
        env={**kept, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    return answer["read"], answer["written"]


def test_a_reader_misses_no_entry_of_eight_writers(database: str) -> None:
    read, written = read_and_written(database)
    assert len(written) > 100
    assert read == written


def test_it_is_the_writers_lock_that_sees_to_it(database: str) -> None:
    read, written = read_and_written(database, "--without-lock")
    assert set(written) - set(read), "Without the lock a reader missed nothing either: this test proves nothing."
