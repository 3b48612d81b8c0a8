"""A tiny eye with every output of a real one, for tests that need labels, probabilities or a second model."""

import json
import shutil
from pathlib import Path
from typing import Any

TINY = Path(__file__).parent / "tiny-eye"


def install(folder: Path, name: str = TINY.name, **fields: Any) -> Path:
    """A copy of the tiny eye in this folder of artifacts, with other fields in its card; it may be damaged."""
    copy = Path(shutil.copytree(TINY, folder / name))
    card = json.loads((copy / "card.json").read_text()) | {"name": name} | fields
    (copy / "card.json").write_text(json.dumps(card))
    return copy
