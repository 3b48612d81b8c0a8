"""`python -m vectorizer.training`: makes the artifacts that the encoder runs; alone in importing TensorFlow."""

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

EXAMPLES = """examples:
  python -m vectorizer.training build PICTURES --out vectorizer/artifacts/lite0-stats512

the same in three steps:
  python -m vectorizer.training convert --out var/lite0.keras
  python -m vectorizer.training fit PICTURES --out var/projection.npz
  python -m vectorizer.training export PICTURES --projection var/projection.npz \\
      --out vectorizer/artifacts/lite0-stats512

what the choice of the input's shape is worth, on paintings with a Painter-by-Numbers table:
  python -m vectorizer.training compare PICTURES
"""


def parse(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m vectorizer.training",
        description="Makes the artifacts that the encoder runs.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    convert = commands.add_parser("convert", help="EfficientNet-Lite0 from its PyPI package, as a Keras file")
    convert.add_argument("--out", type=Path, required=True, help="the .keras file to write")
    fit = commands.add_parser("fit", help="fit the projection to a folder of pictures")
    fit.add_argument("pictures", type=Path, help="the folder; all pictures under it are read")
    fit.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    export = commands.add_parser("export", help="write the artifact, compared with Keras on pictures of the folder")
    export.add_argument("pictures", type=Path, help="the folder")
    export.add_argument("--projection", type=Path, required=True, help="what `fit` wrote")
    export.add_argument("--out", type=Path, required=True, help="the artifact's folder")
    build = commands.add_parser("build", help="fit and export in one go")
    build.add_argument("pictures", type=Path, help="the folder")
    build.add_argument("--out", type=Path, required=True, help="the artifact's folder")
    compare = commands.add_parser("compare", help="measure the ways to bring a painting into a square")
    compare.add_argument("paintings", type=Path, help="a folder with all_data_info.csv and images/")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    from vectorizer.training import commands

    run = {
        "convert": commands.convert,
        "fit": commands.fit,
        "export": commands.export,
        "build": commands.build,
        "compare": commands.compare,
    }[options.command]
    try:
        print(run(options))
    except commands.FAILURES as error:
        print(f"Not done: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
