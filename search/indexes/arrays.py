"""The arrays that an index is made of, and sorted text that needs no Python object a string."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Longs = NDArray[np.int64]
Ints = NDArray[np.int32]
Shorts = NDArray[np.int16]

BEYOND_UTF8 = b"\xff"


class ByteStrings:
    """Strings one after another in one array; `ends` (n + 1) says where each begins and ends."""

    def __init__(self, data: Bytes, ends: Longs) -> None:
        self.data = data
        self.ends = ends

    @classmethod
    def of(cls, strings: Sequence[bytes]) -> "ByteStrings":
        ends = np.zeros(len(strings) + 1, np.int64)
        np.cumsum([len(string) for string in strings], out=ends[1:])
        return cls(np.frombuffer(b"".join(strings), np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __iter__(self) -> Iterator[bytes]:
        return (self[index] for index in range(len(self)))

    def __getitem__(self, index: int) -> bytes:
        return self.data[self.ends[index] : self.ends[index + 1]].tobytes()

    def equal_to(self, string: bytes) -> range:
        """Where this very string stands, or would; the strings must be sorted, and each be there once."""
        place = bisect_left(self, string)
        return range(place, place + (place < len(self) and self[place] == string))

    def starting_with(self, beginning: bytes) -> range:
        """Where the strings with this beginning stand; the strings must be sorted, and be UTF-8."""
        return range(bisect_left(self, beginning), bisect_left(self, beginning + BEYOND_UTF8))
