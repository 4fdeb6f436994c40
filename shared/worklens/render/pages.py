"""The page: sections in their order, set into the template with the charts' runtime and the policy."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from worklens.findings.locales import reader
from worklens.render import runtime, safe
from worklens.render.model import Report
from worklens.render.parts import chosen
from worklens.render.section import Spec
from worklens.render.words import Words

if TYPE_CHECKING:
    from jinja2 import Environment


def compose(report: Report, script: str | None = None) -> str:
    """The HTML document; `script` is what `runtime.bundle` gives, for callers who kept it."""
    words = Words(report.language)
    charts, drawing = script or runtime.bundle(), template("page.js")
    return (
        environment()
        .get_template("page.html")
        .render(
            locale=reader(),
            report=report,
            words=words,
            sections=chosen(report, words),
            accounts=[safe.clean(account) for account in report.accounts],
            style=template("page.css"),
            scripts=(charts, drawing),
            policy=runtime.policy((charts, drawing)),
        )
    )


@cache
def environment() -> Environment:
    """Jinja with everything escaped; a name that is not there is an error.

    Raises ImportError, naming the remedy, where the extra `report` isn't installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise ImportError('the page needs the extra "report": pip install "worklens[report]"') from error
    made = Environment(
        loader=PackageLoader("worklens.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["sentence"] = sentence
    made.filters["data"] = data
    return made


def sentence(text: str) -> str:
    """A finding's text, which may hold titles, made fit for the page; no line begins with a percent sign."""
    return safe.clean(text, safe.SENTENCE).replace(" %", "\u00a0%")


def data(spec: Spec) -> str:
    """JSON that can't end the script element it stands in."""
    return msgspec.json.encode(spec).decode().replace("<", r"\u003c")


def template(name: str) -> str:
    """A file beside the page's template, as it is."""
    return files("worklens.render").joinpath("templates", name).read_text(encoding="utf-8")
