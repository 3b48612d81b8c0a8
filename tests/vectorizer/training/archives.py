"""Writes legacy PyTorch archives without PyTorch, as its `torch.save` did before version 1.6."""

import pickle
import sys
from collections import OrderedDict
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from vectorizer.training.torch_archive import MAGIC_NUMBER, PROTOCOL_VERSION

Tensors = dict[str, tuple[np.ndarray, int, tuple[int, ...], tuple[int, ...]]]
"""Name → storage (one-dimensional), offset, shape, strides in elements."""


def write_archive(path: Path, tensors: Tensors, monkeypatch: pytest.MonkeyPatch, magic: int = MAGIC_NUMBER) -> Path:
    """An archive in which each tensor has a storage of its own."""
    torch = _pretend_torch(monkeypatch)
    file = BytesIO()
    for header in (magic, PROTOCOL_VERSION, {"little_endian": True}):
        pickle.dump(header, file, 2)
    pickler = pickle.Pickler(file, 2)
    pickler.persistent_id = lambda item: item.reference if isinstance(item, _Storage) else None
    pickler.dump(
        OrderedDict(
            (name, _Tensor(torch, _Storage(name, torch, tensor[0]), tensor)) for name, tensor in tensors.items()
        )
    )
    pickle.dump(list(tensors), file, 2)
    for storage, *_ in tensors.values():
        file.write(np.int64(storage.size).tobytes() + storage.tobytes())
    path.write_bytes(file.getvalue())
    return path


class _Storage:
    def __init__(self, key: str, torch: ModuleType, data: np.ndarray) -> None:
        kind = torch.FloatStorage if data.dtype == np.float32 else torch.LongStorage
        self.reference = ("storage", kind, key, "cpu", data.size, None)


class _Tensor:
    def __init__(self, torch: ModuleType, storage: _Storage, tensor: tuple[Any, ...]) -> None:
        self.torch, self.storage, (_, self.offset, self.shape, self.strides) = torch, storage, tensor

    def __reduce__(self) -> tuple[Callable[..., object], tuple[Any, ...]]:
        rebuild = sys.modules["torch._utils"]._rebuild_tensor_v2
        return rebuild, (self.storage, self.offset, self.shape, self.strides, False, OrderedDict())


def _pretend_torch(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Just the names that the pickle refers to, where it refers to them."""
    torch, inner = ModuleType("torch"), ModuleType("torch._utils")
    for name in ("FloatStorage", "LongStorage"):
        setattr(torch, name, type(name, (), {"__module__": "torch"}))

    def rebuild(*_: object) -> None:
        raise AssertionError("only ever named")

    rebuild.__module__, rebuild.__name__, rebuild.__qualname__ = ("torch._utils", *["_rebuild_tensor_v2"] * 2)
    inner._rebuild_tensor_v2 = rebuild
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setitem(sys.modules, "torch._utils", inner)
    return torch
