"""``python -m deploy.bundle``: one zip a function, with the part of the package that it needs.

The same sources give the same bytes, so that a deployment replaces only what changed.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from subprocess import CalledProcessError

from deploy.archive import write_zip
from deploy.bytecode import compile_folder
from deploy.closure import closure, data_of
from deploy.functions import LAPTOP, NAMES, ROOT, RUNTIME


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; its exit status."""
    asked = _parser().parse_args(arguments)
    if sys.version_info[:2] != RUNTIME:
        print(_other_python(), file=sys.stderr)
    try:
        if asked.folder is not None:
            make_folder(asked.names[0], asked.folder)
            return 0
        for name in asked.names:
            made = make_zip(name, asked.output)
            print(f"{sha256(made.read_bytes()).hexdigest()}  {made}")
    except (OSError, CalledProcessError) as error:
        print(f"The bundle was not made: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.bundle", description=__doc__)
    parser.add_argument("names", nargs="*", default=NAMES, choices=[*NAMES, NAMES], metavar="NAME")
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "functions", help="where the zips go")
    parser.add_argument("--folder", type=Path, help="write the one function's files into this folder; no zip")
    return parser


def _other_python() -> str:
    ours, theirs = (".".join(map(str, version[:2])) for version in (sys.version_info, RUNTIME))
    return (
        f"This is Python {ours}, the functions run on {theirs}: they will compile the bundle anew at each cold start, "
        f"about a second longer. Make the bundles with Python {theirs} to spare them that."
    )


def make_zip(name: str, output: Path, *, without: frozenset[str] | None = None) -> Path:
    """Write ``output``/NAME.zip and return its path. Raises OSError or CalledProcessError."""
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        make_folder(name, Path(folder), without=without)
        target = output / f"{name}.zip"
        write_zip(Path(folder), target)
    return target


def make_folder(name: str, folder: Path, *, without: frozenset[str] | None = None) -> None:
    """Write the function's files, compiled, into a folder. ``without`` names other modules to leave out than it would."""
    cut = LAPTOP if without is None else without
    for path, target in files_of(name, cut).items():
        (folder / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / target)
    compile_folder(folder)


def files_of(name: str, without: frozenset[str]) -> dict[Path, Path]:
    """The files of the bundle, and where each goes in it."""
    own = sorted(path for path in (ROOT / "functions" / name).iterdir() if path.suffix in {".py", ".txt"})
    modules = closure([path for path in own if path.suffix == ".py"], ROOT / "shared" / "worklens", without)
    ours = [*modules.values(), *data_of(modules.values())]
    return {path: Path(path.name) for path in own} | {
        path: path.relative_to(ROOT / "shared") for path in ours
    }


if __name__ == "__main__":
    sys.exit(main())
