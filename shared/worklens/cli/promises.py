"""Forecasts as the command line asks for them: questions from options, and the answers, kept in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from worklens.cli.days import day_of, end_of
from worklens.cli.failures import Problem, Usage
from worklens.cli.known import scope
from worklens.cli.lists_named import Titles, lists_named, titles_of
from worklens.stages import forecasting

if TYPE_CHECKING:
    from worklens.cli.desk import Desk
    from worklens.ports import Feed
    from worklens.stages.care import Asked
    from worklens.stages.forecasting import Said
    from worklens.stages.paces import Pace


class Wish(NamedTuple):
    """What the options say."""

    items: int | None = None
    days: int | None = None
    by: str = ""
    list: str = ""
    grade: bool = False
    again: str = ""


class Told(NamedTuple):
    """What was answered, feed by feed, and the lists' titles."""

    said: Sequence[Said]
    titles: Titles
    wish: Wish


def asked_of(platform: Desk, wish: Wish, account: str, as_of: str, known_at: str) -> Told:
    """Ask each account that is meant, and store the answers. Raises Problem."""
    feeds = platform.state.feeds()
    known = {feed.name: feed for feed in feeds}
    with platform.warehouse.read() as session:
        of = scope(session, account)
        titles = titles_of(session)
        lists = lists_named(titles, wish.list, of.accounts)
        zone = next((known[name].zone for name in of.feeds if name in known), "UTC")
        times = {
            "as_of": end_of("--as-of", as_of, zone),
            "known_at": end_of("--known-at", known_at, zone),
        }
        question, chosen = _question(wish), _chosen(of.accounts, lists)
        found = [_asked(session, known[name], question, chosen, times) for name in of.feeds if name in known]
    said = [one for one in found if one is not None]
    if not said:
        raise Problem("nothing-to-forecast")
    if any(one.answers for one in said):
        with platform.warehouse.write() as session:
            for one in said:
                forecasting.keep(session, platform.ports.blobs, one, **times)
    return Told(said, titles, wish)


def _asked(
    session: Asked, feed: Feed, question: Any, chosen: Any, times: dict[str, int | None]
) -> Said | None:
    try:
        return forecasting.ask(session, feed, question, chosen, **times)
    except forecasting.OutOfReach as error:
        raise Usage("forecast-out-of-reach", account=error.args[0], days=error.args[1]) from None


def _question(wish: Wish) -> forecasting.Asked:
    """The question that the options name."""
    if wish.items:
        return forecasting.when_done(wish.items)
    if wish.days:
        return forecasting.how_many(wish.days)
    if wish.by:
        return forecasting.how_many_by(day_of("--by", wish.by) or date.max)
    return forecasting.emptied if wish.list else forecasting.everything


def _chosen(accounts: list[str] | None, lists: set[tuple[str, str]] | None) -> Callable[[Pace], bool]:
    """Which paces are asked: the accounts' own, or those of the lists named."""

    def chosen(pace: Pace) -> bool:
        ours = accounts is None or pace.account in accounts
        return ours and (
            (pace.account, pace.collection) in lists if lists is not None else not pace.collection
        )

    return chosen
