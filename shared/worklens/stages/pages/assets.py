"""What the pages load: their style and the scripts that draw charts, under names that change with their content."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.metadata import version

from worklens.render.pages import template
from worklens.stages.pages.visit import GUARDED, Answer, NotSo

MAKER = "vl-convert-python"
KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def names() -> dict[str, str]:
    """Where each is, by what it is for: not below /static/, which functions-framework answers itself, with 404.

    The charts' runtime is named for its maker's version: to make it takes seconds.
    """
    style = _hash(style_sheet())
    return {
        "style": f"/assets/style-{style}.css",
        "charts": f"/assets/charts-{version(MAKER)}.js",
        "drawing": f"/assets/drawing-{_hash(template('page.js'))}.js",
    }


def style_sheet() -> str:
    """The report's own style, and what the site has besides."""
    return f"{template('page.css')}\n{template('site/site.css')}"


def asset(path: str, known: str, runtime: Callable[[], str]) -> Answer:
    """The file at a path; 304 where the browser has it. Raises NotSo for what is not there."""
    kind = next((kind for kind, place in names().items() if place == path), "")
    if not kind:
        raise NotSo(404, "There is no such file.")
    tag = f'"{path.rpartition("/")[2]}"'
    about = GUARDED | {"Cache-Control": FOR_EVER, "ETag": tag, "Content-Type": KINDS[path.rpartition(".")[2]]}
    if tag in known:
        return b"", 304, about
    makers: dict[str, Callable[[], str]] = {
        "style": style_sheet,
        "drawing": lambda: template("page.js"),
        "charts": runtime,
    }
    return makers[kind](), 200, about


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
