"""`./run` and `manage.py` refuse what can't work with a sentence, before anything is made."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(*command: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PENDANT_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(
        command, cwd=ROOT, env={**kept, **environment}, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--paintings", "/no/such/folder"], "There is no folder or file “/no/such/folder”."),
        (["--paintings"], "--paintings needs a folder or a CSV file."),
        (["--port", "eighty"], "--port needs a number from 1 to 65535, and got “eighty”."),
        (["--port"], "--port needs a number."),
        (["--prot", "80"], "./run demo does not know “--prot”"),
    ],
)
def test_a_wrong_argument_is_refused_before_anything_is_made(
    arguments: list[str], sentence: str, tmp_path: Path
) -> None:
    refused = start("./run", "demo", *arguments, PENDANT_VAR=str(tmp_path / "var"))

    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert not (tmp_path / "var").exists()


def test_an_unknown_command_is_refused() -> None:
    refused = start("./run", "dmeo")
    assert refused.returncode == 2
    assert "does not know “dmeo”" in refused.stderr


@pytest.mark.skipif(not (ROOT / ".venv/bin/gunicorn").exists(), reason="./run demo would install it first")
def test_a_port_in_use_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = start("./run", "demo", "--port", str(port), PENDANT_VAR=str(tmp_path / "var"))

    assert refused.returncode == 2
    assert f"Port {port} can't be used" in refused.stderr
    assert not (tmp_path / "var").exists()


def manage(var: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return start(sys.executable, "manage.py", *arguments, PENDANT_VAR=str(var), PENDANT_SECRET_KEY="x" * 60)


def test_a_command_before_the_first_migration_says_what_to_do(tmp_path: Path) -> None:
    failed = manage(tmp_path, "find_similar", "1")
    assert failed.returncode == 1
    assert failed.stderr.startswith("The database is not prepared: run `manage.py migrate` first.")


def test_a_folder_of_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    failed = manage(tmp_path / "elsewhere", "migrate")
    assert failed.returncode == 1
    assert failed.stderr.startswith(f"There is no folder {tmp_path / 'elsewhere'}: make it, or set PENDANT_VAR")
    assert not (tmp_path / "elsewhere").exists()
