import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from tests.vectorizer.training.archives import write_archive
from vectorizer.training.torch_archive import MAGIC_NUMBER, PROTOCOL_VERSION, ArchiveError, read_tensors

ELEMENTS = np.arange(24, dtype=np.float32)


def test_a_tensor_saved_in_another_order_is_read_by_its_strides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_archive(tmp_path / "a.pth", {"kernel": (ELEMENTS, 0, (2, 3, 4), (1, 2, 6))}, monkeypatch)

    kernel = read_tensors(path)["kernel"]

    assert np.array_equal(kernel, ELEMENTS.reshape(4, 3, 2).transpose(2, 1, 0))
    assert kernel.flags.c_contiguous


def test_offsets_kinds_and_single_numbers_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tensors = {
        "part": (ELEMENTS, 20, (4,), (1,)),
        "count": (np.array([7], np.int64), 0, (), ()),
        "row": (ELEMENTS, 1, (1, 3), (24, 2)),
    }
    found = read_tensors(write_archive(tmp_path / "a.pth", tensors, monkeypatch))

    assert found["part"].tolist() == [20, 21, 22, 23]
    assert found["count"] == 7
    assert found["count"].dtype == np.int64
    assert found["row"].tolist() == [[1, 3, 5]]


def test_a_tensor_beyond_its_storage_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_archive(tmp_path / "a.pth", {"kernel": (ELEMENTS, 1, (2, 3, 4), (12, 4, 1))}, monkeypatch)

    with pytest.raises(ArchiveError, match="reaches past the end of its storage"):
        read_tensors(path)


def test_negative_strides_and_empty_shapes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for shape, strides in (((4,), (-1,)), ((0, 4), (4, 1))):
        path = write_archive(tmp_path / "a.pth", {"kernel": (ELEMENTS, 0, shape, strides)}, monkeypatch)
        with pytest.raises(ArchiveError, match="impossible shape"):
            read_tensors(path)


def test_a_file_that_ends_early_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_archive(tmp_path / "a.pth", {"kernel": (ELEMENTS, 0, (24,), (1,))}, monkeypatch)
    path.write_bytes(path.read_bytes()[:-4])

    with pytest.raises(ArchiveError, match="ends inside a storage: 96 bytes announced, 92 there"):
        read_tensors(path)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", b"\x80\x02"])
def test_a_file_of_another_kind_is_refused_by_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.pth").write_bytes(content)

    with pytest.raises(ArchiveError, match=r"a.pth is no legacy PyTorch archive"):
        read_tensors(tmp_path / "a.pth")


def test_another_magic_number_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_archive(tmp_path / "a.pth", {}, monkeypatch, magic=1)

    with pytest.raises(ArchiveError, match="magic number"):
        read_tensors(path)


class Command:
    """What an attacker would pickle."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.path),)


def test_a_pickle_that_would_run_something_is_refused_before_it_runs(tmp_path: Path) -> None:
    with (tmp_path / "a.pth").open("wb") as file:
        for part in (MAGIC_NUMBER, PROTOCOL_VERSION, {}, {"kernel": Command(tmp_path / "made")}):
            pickle.dump(part, file, 2)

    with pytest.raises(ArchiveError, match=r"asks for posix\.mkdir, which is not allowed"):
        read_tensors(tmp_path / "a.pth")
    assert not (tmp_path / "made").exists()
