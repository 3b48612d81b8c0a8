"""Where artifacts lie, and what is said of one that can't be used."""

from pathlib import Path

BUILT_IN = Path(__file__).resolve().parent.parent / "artifacts"
DEFAULT_ARTIFACT = "lite0-eye1"
CARD_FILE, MODEL_FILE = "card.json", "model.tflite"
REMEDY = "Restore the folder from the repository or a backup, or make it again: `python -m vectorizer.training --help`."


class ArtifactError(Exception):
    """An artifact can't be used; the message says which, why, and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"The artifact {path.name} ({path}) can't be used: {problem} {REMEDY}")
        self._arguments = path, problem

    def __reduce__(self) -> tuple[type["ArtifactError"], tuple[Path, str]]:
        """So that it comes home from another process as itself; one that can't be unpickled ends a pool."""
        return type(self), self._arguments


def artifact_path(name: str, *folders: Path) -> Path:
    """Where the artifact of this name lies: in the first of these folders that has it, else among the built-in ones.

    It need not exist. Raises ValueError for a name that leaves the folders.
    """
    if name in {"", ".", ".."} or Path(name).name != name:
        raise ValueError(f"{name!r} is no artifact's name: a plain folder name is, such as {DEFAULT_ARTIFACT!r}.")
    return next((folder / name for folder in folders if (folder / name).is_dir()), BUILT_IN / name)
