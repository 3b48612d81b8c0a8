"""Reads the tensors of a legacy PyTorch archive without PyTorch.

The layout: three pickles (a magic number, a protocol version, facts about the machine that wrote it), the pickled state
dict, whose tensors only refer to storages, the pickled list of storage keys, then for each key an int64 count and
the elements. Only the handful of names that a state dict needs are let through: a pickle that asks for anything else
is refused before it runs.
"""

import io
import pickle
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import DTypeLike, NDArray

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
PROTOCOL_VERSION = 1001
STORAGE_TYPES: dict[str, str] = {
    "FloatStorage": "<f4",
    "DoubleStorage": "<f8",
    "HalfStorage": "<f2",
    "LongStorage": "<i8",
    "IntStorage": "<i4",
}


class ArchiveError(Exception):
    """The file is not a legacy PyTorch archive of plain tensors."""


@dataclass(frozen=True, slots=True)
class _StorageType:
    dtype: str


@dataclass(frozen=True, slots=True)
class _StorageReference:
    key: str
    dtype: str


@dataclass(frozen=True, slots=True)
class _StridedTensor:
    storage: _StorageReference
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]  # in elements, as PyTorch counts


def read_tensors(path: Path) -> dict[str, NDArray[Any]]:
    """The state dict's tensors by name, each a C-contiguous copy that honours the strides it was saved with.

    Raises ArchiveError where the file is of another kind, is damaged, or names anything but tensors.
    """
    try:
        with path.open("rb") as file:
            return _read(file)
    except (pickle.UnpicklingError, EOFError, ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        raise ArchiveError(f"{path.name} is no legacy PyTorch archive of plain tensors: {error}") from error


def _read(file: BinaryIO) -> dict[str, NDArray[Any]]:
    if _unpickle(file) != MAGIC_NUMBER:
        raise ArchiveError("the file does not begin with PyTorch's magic number")
    if (version := _unpickle(file)) != PROTOCOL_VERSION:
        raise ArchiveError(f"the archive has protocol version {version}, known is {PROTOCOL_VERSION}")
    _unpickle(file)  # what machine wrote it
    unpickler = _TensorUnpickler(file)
    state = unpickler.load()
    storages = {key: _read_storage(file, unpickler.dtypes[key]) for key in _unpickle(file)}
    return {name: _materialise(tensor, storages) for name, tensor in state.items()}


def _unpickle(file: BinaryIO) -> Any:
    return _TensorUnpickler(file).load()


def _read_storage(file: BinaryIO, dtype: DTypeLike) -> NDArray[Any]:
    count = int(np.frombuffer(file.read(8), "<i8")[0])
    size = count * np.dtype(dtype).itemsize
    data = file.read(size)
    if len(data) != size:
        raise ArchiveError(f"the file ends inside a storage: {size} bytes announced, {len(data)} there")
    return np.frombuffer(data, dtype)


def _materialise(tensor: _StridedTensor, storages: dict[str, NDArray[Any]]) -> NDArray[Any]:
    storage = storages[tensor.storage.key]
    last = tensor.offset + sum((size - 1) * stride for size, stride in zip(tensor.shape, tensor.strides, strict=True))
    if min(tensor.shape, default=1) < 1 or min(tensor.strides, default=0) < 0 or not 0 <= tensor.offset <= last:
        raise ArchiveError(f"a tensor has an impossible shape: {tensor}")
    if last >= storage.size:
        raise ArchiveError(f"a tensor reaches past the end of its storage: {tensor}")
    byte_strides = tuple(stride * storage.itemsize for stride in tensor.strides)
    return np.array(as_strided(storage[tensor.offset :], tensor.shape, byte_strides), order="C")


def _rebuild_tensor(
    storage: _StorageReference, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_rest: object
) -> _StridedTensor:
    return _StridedTensor(storage, offset, tuple(shape), tuple(strides))


class _TensorUnpickler(pickle.Unpickler):
    def __init__(self, file: BinaryIO | io.BytesIO) -> None:
        super().__init__(file)
        self.dtypes: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("collections", "OrderedDict"):
            return OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _rebuild_tensor
        if module == "torch" and name in STORAGE_TYPES:
            return _StorageType(STORAGE_TYPES[name])
        raise ArchiveError(f"the archive asks for {module}.{name}, which is not allowed")

    def persistent_load(self, reference: Any) -> _StorageReference:
        kind, storage_type, key, *_rest = reference
        if kind != "storage" or not isinstance(storage_type, _StorageType):
            raise ArchiveError(f"the archive refers to something that is no storage: {reference!r}")
        self.dtypes[key] = storage_type.dtype
        return _StorageReference(key, storage_type.dtype)
