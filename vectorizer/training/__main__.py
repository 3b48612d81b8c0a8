"""`python -m vectorizer.training`: makes the artifacts that the encoder runs; alone in importing TensorFlow."""

import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")  # before TensorFlow is imported

from vectorizer.training.options import parse

NEEDED = {"tensorflow", "keras"}


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks for; 0 where it was done, else 1 and a sentence on stderr."""
    options = parse(arguments)
    try:
        from vectorizer.training import commands
    except ModuleNotFoundError as missing:
        if missing.name not in NEEDED:
            raise
        print("Not done: training needs TensorFlow. Install it: pip install -r requirements.txt", file=sys.stderr)
        return 1
    try:
        print(commands.run(options))
    except commands.FAILURES as error:
        print(f"Not done: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. The same command goes on from here.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
