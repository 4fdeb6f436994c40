"""``worklens connect SOURCE``: a service is connected by the person's token or consent, which goes to the keyring at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from worklens.cli.options import DataDir, Json, Language
from worklens.cli.shell import Shell

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.sources.base import Source

Service = Annotated[
    str, typer.Argument(metavar="SOURCE", show_default=False, help="Such as todoist; the README lists them.")
]
Whose = Annotated[
    str,
    typer.Option("--account", metavar="ACCOUNT", show_default=False, help="What to call it; else SOURCE:me."),
]
TokenFile = Annotated[
    Path | None,
    typer.Option(
        "--token-file",
        metavar="FILE",
        show_default=False,
        help="Read the token from a file; else it is asked for, or read from stdin.",
    ),
]
SignIn = Annotated[bool, typer.Option("--oauth", help="Sign in at the service, and type no token.")]
Paste = Annotated[
    bool,
    typer.Option(
        "--paste",
        help="Sign in with a browser that is elsewhere, and paste back the address at which it ends.",
    ),
]
ClientId = Annotated[
    str,
    typer.Option(
        "--client-id",
        metavar="ID",
        show_default=False,
        help="With --oauth: of the application you registered there; else WORKLENS_SOURCE_CLIENT_ID.",
    ),
]
Url = Annotated[
    str,
    typer.Option("--url", metavar="URL", show_default=False, help="Where the service is, if it is yours."),
]
User = Annotated[
    str,
    typer.Option(
        "--user", metavar="NAME", show_default=False, help="Your name there, where it asks for one."
    ),
]
Given = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        show_default=False,
        help="Another setting that the source's page names; may be given several times.",
    ),
]
Zone = Annotated[
    str,
    typer.Option(
        "--time-zone",
        metavar="ZONE",
        show_default=False,
        help="Where the person lives, such as Europe/Paris; since a day: Asia/Tokyo@2026-03-01.",
    ),
]
BaseUrl = Annotated[str, typer.Option("--base-url", hidden=True)]
SignInUrl = Annotated[str, typer.Option("--sign-in-url", hidden=True)]


def command(
    source: Service,
    account: Whose = "",
    token_file: TokenFile = None,
    oauth: SignIn = False,
    paste: Paste = False,
    client_id: ClientId = "",
    url: Url = "",
    user: User = "",
    given: Given = None,
    time_zone: Zone = "",
    base_url: BaseUrl = "",
    sign_in_url: SignInUrl = "",
    json: Json = False,
    data_dir: DataDir = None,
    language: Language = None,
) -> None:
    """Connect a service by your personal token, or by signing in there.

    A token or password is asked for, or read from --token-file, from WORKLENS_SOURCE_TOKEN (or _PASSWORD) or from
    stdin, never from the command itself, which others on this machine could see. It is tried with one request, and
    kept in the system's keyring. A secret of your application is asked for too, or read from
    WORKLENS_SOURCE_CLIENT_SECRET.
    """
    from worklens.cli.accounts import named
    from worklens.cli.connecting import check_reach, known_before, known_source, settings_given
    from worklens.cli.secrets_given import Way, kept_secret
    from worklens.sources.options import secret_kind
    from worklens.stages.joining import join

    shell = Shell(data_dir, language, json=json)
    known = known_source(source)
    check_reach(known)
    feed = named(account or "me", source)
    hidden = {"base_url": base_url, "sign_in_url": sign_in_url}
    before = known_before(feed, shell, client=not client_id)
    settings = settings_given(known, {"url": url, "user": user, **hidden}, given or [], before.settings)
    tell_reads(known, shell)
    kept = kept_secret(known, settings, token_file, shell, way=Way(client_id, oauth, paste, before.client))
    with shell.platform() as platform:
        join(platform.ports, feed, source, kept, zone(platform, feed, time_zone, shell), settings)
    if shell.json:
        shell.document({"account": feed, "source": source})
    kind = shell.say(f"kind-{secret_kind(known)}")
    shell.line(
        "connected" if kept else "connected-local", account=feed, kind=kind, sync=shell.command("sync")
    )


def tell_reads(known: Source, shell: Shell) -> None:
    """What will be read, before anything is asked for; where the key is found, and what else may be said."""
    from worklens.sources.options import settings_of
    from worklens.sources.reads import key_hint, reads

    said = (reads(known.name, shell.language), key_hint(known.name, shell.language))
    shell.err.print(*filter(None, said), sep="" if shell.language == "zh" else " ", soft_wrap=True)
    if settings_of(known).may:
        shell.note("may-set", names=", ".join(settings_of(known).may))


def zone(platform: Desk, feed: str, given: str, shell: Shell) -> str:
    """Where the person lives: as given, else as known, else as this machine says."""
    from worklens.cli.days import check_zone, system_zone

    known = platform.state.feed(feed)
    found = (given and check_zone(given)) or (known.zone if known else "") or system_zone()
    if not found:
        shell.note("zone-assumed")
    return found or "UTC"
