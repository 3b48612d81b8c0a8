"""Where files live. A file appears under its name whole or not at all."""

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="gallery.storage.AtomicFileSystemStorage")
class AtomicFileSystemStorage(FileSystemStorage):
    """A folder whose files are written beside their place and then renamed into it, replacing what was there.

    A crash in the middle of an upload leaves no file cut short under the name of a whole one. With `durable`, a file is
    on the disk before it has its name: a power cut right after the row that names it was written loses nothing.
    """

    def __init__(self, *, durable: bool = False, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "allow_overwrite": True})
        self._durable = durable

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".writing-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                if self._durable:
                    file.flush()
                    os.fsync(file.fileno())
            Path(temporary).chmod(self.file_permissions_mode or 0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return name.replace("\\", "/")
