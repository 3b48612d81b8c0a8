import csv
from pathlib import Path

import pytest

from tests.factories import picture_bytes


class Collection:
    """A folder on disk with pictures and tables in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pictures = 0

    def picture(self, name: str) -> Path:
        self._pictures += 1
        return self.file(name, picture_bytes(self._pictures, size=(24, 18)))

    def file(self, name: str, data: bytes) -> Path:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def table(self, *rows: list[str], name: str = "list.csv", encoding: str = "utf-8", delimiter: str = ",") -> Path:
        path = self.file(name, b"")
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    path = tmp_path / "collection"
    path.mkdir()
    return Collection(path)
