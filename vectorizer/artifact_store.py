"""Artifacts where all machines reach them, by name and checksum: one machine changes the model, and all can load it."""

import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from vectorizer import encoder
from vectorizer.encoder.artifacts import CARD_FILE, MODEL_FILE

FETCHED = ".fetched"  # in this machine's folder of artifacts; no artifact's name begins with a dot
FILES = (MODEL_FILE, CARD_FILE)  # the card last: what has one is whole


def keep(path: Path) -> None:
    """Store the artifact of this folder, where it isn't stored yet. Raises `encoder.ArtifactError`."""
    card = encoder.load_card(path)
    try:
        for file in FILES:
            name = _name(card.name, card.checksum, file)
            if not _storage().exists(name):
                with (path / file).open("rb") as content:
                    _storage().save(name, File(content))
    except OSError as problem:
        raise encoder.ArtifactError(path, f"it can't be stored for other machines ({problem}).") from problem


def fetched(name: str, checksum: str) -> Path | None:
    """This machine's copy of a stored artifact, fetched and checked where there is none yet; None where none is stored.

    Raises `encoder.ArtifactError` where what is stored is damaged, or can't be fetched.
    """
    copy = Path(settings.ARTIFACTS_DIR) / FETCHED / checksum / name
    try:
        if not copy.is_dir():
            if not _storage().exists(_name(name, checksum, CARD_FILE)):
                return None
            _fetch(name, checksum, copy)
    except OSError as problem:
        raise encoder.ArtifactError(copy, f"it can't be fetched from the shared storage ({problem}).") from problem
    return copy


def _fetch(name: str, checksum: str, copy: Path) -> None:
    """Whole or not at all, however many processes want it at once."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=copy.parent, prefix=".writing-") as folder:
        new = Path(folder) / name
        new.mkdir()
        for file in FILES:
            with _storage().open(_name(name, checksum, file)) as source, (new / file).open("wb") as target:
                shutil.copyfileobj(source, target)
        encoder.check(new)
        if (found := encoder.load_card(new).checksum) != checksum:
            raise encoder.ArtifactError(new, f"what is stored has the checksum {found}, and {checksum} was asked for.")
        try:
            new.rename(copy)
        except OSError:
            if not copy.is_dir():  # else another process has just fetched it
                raise


def _storage() -> Storage:
    return storages["models"]


def _name(name: str, checksum: str, file: str) -> str:
    return f"{checksum}/{name}/{file}"
