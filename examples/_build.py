"""Makes the notebooks: each source (`NAME.py`, jupytext's percent form) executed, its outputs kept beside it in `NAME.ipynb`.

`python examples/_build.py [NAME ...]` makes those named, or all; `--check` executes them too, but writes nothing and fails
where a notebook doesn't hold what its source says. The same source on the same machine gives the same bytes.
"""

from __future__ import annotations

import base64
import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import jupytext
import nbformat

HERE = Path(__file__).resolve().parent
SECONDS = 300  # that a cell may take, on a machine that has other things to do
COLOURS = 256  # of a picture, which takes less than half the room then and looks the same


def sources(names: Sequence[str] = ()) -> list[Path]:
    """The sources named, or all. Raises SystemExit for a name there is none of."""
    found = {path.stem: path for path in sorted(HERE.glob("[!_]*.py"))}
    unknown = [name for name in names if name not in found]
    if unknown:
        raise SystemExit(f"There is no example {', '.join(unknown)}; there are {', '.join(found)}.")
    return [found[name] for name in names or found]


def read(source: Path) -> Any:
    """A source as a notebook without outputs, its cells named by their place."""
    notebook = jupytext.read(source, fmt="py:percent")
    for place, cell in enumerate(notebook.cells):
        cell.metadata, cell.id = {}, f"{source.stem}-{place}"
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook.metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    return notebook


def kept(source: Path) -> Any:
    """The notebook beside a source. Raises SystemExit where there is none."""
    path = source.with_suffix(".ipynb")
    if not path.is_file():
        raise SystemExit(f"{path.name} isn't there: make example-{source.stem}")
    return nbformat.read(path, as_version=4)


def cells(notebook: Any) -> list[tuple[str, str]]:
    """What a source says: each cell's kind and text."""
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


def stale(source: Path) -> bool:
    """Whether the notebook beside a source says something else."""
    return cells(read(source)) != cells(kept(source))


def execute(source: Path) -> Any:
    """A source as a notebook with what it prints and draws. Raises SystemExit with the error of a cell that fails.

    What a cell's last line happens to be is left out: a legend's address in memory is another each time.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = read(source)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=ERROR"],  # it warns of others who listen on this machine
        resources={"metadata": {"path": str(HERE)}},
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise SystemExit(f"{source.name}: {error}") from None
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [_smaller(one) for one in cell.outputs if one.output_type != "execute_result"]
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


def outputs(notebook: Any) -> Iterator[Any]:
    """Every output of every cell."""
    return (output for cell in notebook.cells for output in cell.get("outputs", ()))


def _smaller(output: Any) -> Any:
    """A picture in fewer colours, and without the line that stands for it where there are no pictures."""
    from PIL import Image

    data = output.get("data", {})
    if "image/png" not in data:
        return output
    picture, small = Image.open(io.BytesIO(base64.b64decode(data["image/png"]))), io.BytesIO()
    flat = picture.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    flat.save(small, "PNG", optimize=True)
    data["image/png"] = base64.b64encode(small.getvalue()).decode()
    data.pop("text/plain", None)
    return output


def main(arguments: Sequence[str]) -> None:
    """Execute what is named; write it, or say what is stale."""
    check = "--check" in arguments
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")  # the kernel's debugger is not used
    wanted = sources([name for name in arguments if name != "--check"])
    for source in wanted:
        notebook = execute(source)
        if not check:
            nbformat.write(notebook, source.with_suffix(".ipynb"))
        print(f"{source.stem}: executed", flush=True)
    old = [source.stem for source in wanted if stale(source)]
    if old:
        raise SystemExit(
            f"Notebooks that aren't their source's: {', '.join(old)}. `make examples` makes them anew."
        )


if __name__ == "__main__":
    main(sys.argv[1:])
