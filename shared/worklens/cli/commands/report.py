"""``worklens report``: the whole picture as one page, in a file or served on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from worklens.cli.options import Account, AsOf, DataDir, Json, KnownAt, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.local.serve import Request, Respond
    from worklens.stages.pages.router import Site

NAME = "report.html"
PORT = 8787

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        metavar="F.html",
        show_default=False,
        help="The file to write; else report.html with the data.",
    ),
]
Serve = Annotated[
    bool, typer.Option("--serve", help="Serve it on this machine, always up to date, until Ctrl-C.")
]
Port = Annotated[
    int,
    typer.Option("--port", metavar="PORT", min=0, max=65535, help="Where to serve it; 0 takes any free one."),
]


def command(
    output: Output = None,
    serve: Serve = False,
    port: Port = PORT,
    account: Account = "",
    as_of: AsOf = "",
    known_at: KnownAt = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Write the report, or serve it on this machine.

    One HTML file that needs no network: findings first, then the charts behind them. --serve shows the same as pages, with
    every task to search.
    """
    shell = Shell(data_dir, language, json=json)
    with shell.existing() as platform:
        about = asked(platform, shell, account, as_of, known_at)
        if serve:
            serve_page(platform, shell, {**about, "language": language}, port)
            return
        path = write(platform, shell, about, output)
    if json:
        shell.document({"report": str(path)})
    shell.line("report-written", path=path)


def asked(platform: Desk, shell: Shell, account: str, as_of: str, known_at: str) -> dict[str, Any]:
    """What the page is to show, from the options. Raises Problem."""
    from worklens.cli.days import end_of
    from worklens.cli.known import whose
    from worklens.stages.report import within

    with platform.warehouse.read() as session:
        name = whose(session, account)
    feeds = platform.state.feeds()
    zone = next((feed.zone for feed in feeds if within(name, feed.name)), feeds[0].zone if feeds else "UTC")
    return {
        "account": name,
        "language": shell.language,
        "as_of": end_of("--as-of", as_of, zone),
        "known_at": end_of("--known-at", known_at, zone),
    }


def page(platform: Desk, shell: Shell, about: dict[str, Any], runtime: str | None = None) -> str:
    """The HTML, with ``runtime`` or the charts' JavaScript as it is kept. Raises Problem where there is nothing to show."""
    from worklens.cli.charts import script
    from worklens.cli.failures import Problem
    from worklens.stages.answers import standing
    from worklens.stages.report import NothingToReport, build

    runtime = runtime or script()  # before anybody has to wait for the warehouse
    try:
        answered = standing(platform.state, about["known_at"] or platform.ports.clock.now())
        with platform.warehouse.read() as session:
            return build(session, **about, runtime=runtime, answered=answered)
    except NothingToReport:
        raise Problem("nothing-to-report", status=shell.command("status")) from None


def write(platform: Desk, shell: Shell, about: dict[str, Any], output: Path | None) -> Path:
    """Write the page beside its place and move it there, so that nobody opens half of one; where it lies."""
    path = (output or platform.folder / NAME).expanduser().absolute()
    if not path.parent.is_dir():
        from worklens.cli.failures import Problem

        raise Problem("no-such-folder", path=path.parent)
    content = page(platform, shell, about)
    beside = path.with_name(f"{path.name}.part")
    beside.write_text(content, encoding="utf-8")
    beside.replace(path)
    return path


def serve_page(platform: Desk, shell: Shell, about: dict[str, Any], port: int) -> None:
    """Serve the pages; they follow what is taken in meanwhile. The port is taken first: making the first page takes a while."""
    from worklens.cli.failures import Problem, paragraph
    from worklens.local.serve import Server

    try:
        server = Server(port)
    except OSError as error:
        raise Problem("port-taken", port=port, problem=error.strerror or "") from None
    with server, ExitStack() as stack:
        key = platform.page_key()
        respond = answering(platform, shell, about, key, stack)
        shell.note("serving", url=f"{server.url}?key={key}")
        try:
            server.serve(
                respond, lambda error: shell.err.print(paragraph(error, shell.language), soft_wrap=True)
            )
        except KeyboardInterrupt:
            shell.note("served")


def answering(platform: Desk, shell: Shell, about: dict[str, Any], key: str, stack: ExitStack) -> Respond:
    """What answers, with the first page made already; the stack ends what goes on beside it. Raises Problem where there is nothing to show."""
    from worklens.cli.failures import Problem
    from worklens.stages.pages.visit import Visit

    site = site_of(platform, shell, about, key)

    def respond(request: Request) -> tuple[str | bytes, int, dict[str, str]]:
        try:
            return site.respond(Visit(**request._asdict()))
        finally:
            platform.leave()

    first = {"authorization": f"Bearer {key}", "accept-language": shell.language}
    if site.respond(Visit("GET", "/", headers=first))[1] == 404:
        raise Problem("nothing-to-report", status=shell.command("status"))
    if site.tending:  # on this machine
        stack.callback(site.tending.end)
        stack.enter_context(followed(site, platform))
    return respond


def site_of(platform: Desk, shell: Shell, about: dict[str, Any], key: str) -> Site:
    """The pages of this data, on which one may do what one's commands may."""
    from worklens.cli.charts import script
    from worklens.cli.tending import tending
    from worklens.stages.pages.router import Site
    from worklens.tasks import iso

    return Site(
        platform.ports,
        bound=about["account"],
        key=key,
        language=about["language"],
        usual={name: iso(about[name]) for name in ("as_of", "known_at") if about[name] is not None},
        runtime=script,
        version=platform.version,
        facts=platform.written if platform.written() is not None else None,
        tending=tending(platform, shell, about["account"]),
        command=shell.command,
    )


@contextmanager
def followed(site: Site, platform: Desk) -> Iterator[None]:
    """Make pages anew meanwhile. One that is being made at the end is waited for: the engine dies of a thread that is cut off."""
    from threading import Event

    from worklens.stages.pages.ahead import Ahead

    stop = Event()
    thread = Ahead(site).follow(stop, platform.leave)
    try:
        yield
    finally:
        stop.set()
        thread.join()
