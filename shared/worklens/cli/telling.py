"""Says which accounts could not be read: of what only the person can mend once, with the command for it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.cli.runs import Outcome
    from worklens.cli.shell import Shell
    from worklens.cli.watch import Failure


def tell_failures(
    platform: Desk, brought: Sequence[Outcome], failures: Sequence[Failure], shell: Shell, *, asked: bool
) -> None:
    """A paragraph on stderr for each account that failed; ``asked``: it was named, so tell it in any case.

    Of those that were told before one line says that they are left out; `status` shows why.
    """
    from worklens.stages.telling import is_known, mended, told

    for one in brought:
        mended(one.account, platform.state)
    known = [failure.feed for failure in failures if is_known(failure.feed, _reason(failure), platform.state)]
    for failure in failures:
        if asked or failure.feed not in known:
            shell.problem(failure.error)
            told(failure.feed, _reason(failure), platform.state)
    if known and not asked:
        shell.note("still-refused", accounts=", ".join(known), status=shell.command("status"))


def _reason(failure: Failure) -> str:
    return str(getattr(failure.error, "reason", ""))
