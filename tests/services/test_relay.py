"""The relay on PostgreSQL, where several may be at work: its own tests, none of them skipped."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ("tests/vectorizer/test_relay.py", "tests/vectorizer/test_relay_lock.py", "tests/vectorizer/test_documents.py")


def test_the_relay_keeps_its_promises_on_postgresql(postgres: str) -> None:
    command = [sys.executable, "-m", "pytest", *TESTS, "-q", "-p", "no:cacheprovider"]
    environment = {**os.environ, "DATABASE_URL": postgres}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400)
    assert ended.returncode == 0, ended.stdout[-6000:]
    assert "skipped" not in ended.stdout
