"""Files appear whole under their name, and originals only when they are on the disk."""

import os
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile

from gallery import originals, rendering


def test_an_original_is_on_the_disk_before_it_has_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []

    def sync(descriptor: int) -> None:
        assert os.fstat(descriptor).st_size == len(b"whole")
        synced.append(originals.storage().exists("ab/abc.png"))

    monkeypatch.setattr(os, "fsync", sync)
    originals.storage().save("ab/abc.png", ContentFile(b"whole"))
    assert synced == [False]
    rendering.storage().save("ab/abc/320.jpg", ContentFile(b"can be made again"))
    assert len(synced) == 1


def test_a_full_disk_leaves_no_file_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: Any) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        originals.storage().save("ab/abc.png", ContentFile(b"whole"))
    assert not list((settings.VAR_DIR / "originals" / "ab").iterdir())
