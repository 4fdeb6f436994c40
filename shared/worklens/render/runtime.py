"""The JavaScript that draws the charts, from the Python package that holds it, and the policy that lets nothing else run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256


@cache
def bundle() -> str:
    """Vega, Vega-Lite and vega-embed as one script that sets `vegaEmbed`; made once a process, in about two seconds.

    Raises ImportError, naming the remedy, where the extra `report` isn't installed.
    """
    try:
        from vl_convert import javascript_bundle
    except ImportError as error:
        raise ImportError('charts need the extra "report": pip install "worklens[report]"') from error
    return inline(javascript_bundle("window.vegaEmbed = vegaEmbed;"))


def inline(script: str) -> str:
    """The script with nothing in it that would end the element it stands in; inside a string the meaning is the same."""
    return script.replace("</script", r"<\/script").replace("<!--", r"<\!--")


def policy(scripts: Iterable[str]) -> str:
    """A Content-Security-Policy under which only these scripts run and nothing is loaded or sent.

    `unsafe-eval` isn't in it: the charts' expressions are interpreted. Styles are inline, since a chart sets its own.
    """
    hashes = " ".join(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts
    )
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
