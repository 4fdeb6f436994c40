"""The token of a feed as a pull needs it: a personal one as it is kept, or the access token of a grant, kept fresh.

A service may replace the refresh token at each use, so a new grant is kept before it is used: a crash in between loses
nothing. The feed's lease sees to it that one run at a time refreshes; a command beside it finds the newer grant kept.
"""

from __future__ import annotations

from worklens.ports import Clock, Feed, Secrets
from worklens.sources.base import Refused, Source
from worklens.sources.oauth import SECOND, Grant, OAuth, read_grant
from worklens.sources.options import oauth_of
from worklens.stages.keys import sendable
from worklens.stages.signing_in import renewed

EARLY = 120 * SECOND  # an access token is refreshed so long before its end: longer than one answer may take


class KeptKey:
    """The key of a feed, which ``secrets`` keeps."""

    def __init__(self, source: Source, feed: Feed, secrets: Secrets, clock: Clock) -> None:
        """Nothing is read yet."""
        self.feed, self.secrets, self.clock = feed, secrets, clock
        self.how = oauth_of(source, feed.settings)
        self._kept = ""

    def check(self) -> None:
        """Raises Refused where none is kept, or it can't be sent; nothing is asked of the service."""
        self._kept = self._read()
        grant = read_grant(self._kept)
        sendable(grant.access if grant else self._kept, self.feed.source)

    def access(self) -> str:
        """The personal token, or the access token of the grant: a fresh one where it is about to end."""
        self._kept = self._kept or self._read()
        if self._is_ending():
            self._kept = self._read()  # somebody else may have been quicker
        grant = read_grant(self._kept)
        if grant and self.how and self._is_ending():
            grant = self._renewed(self.how, grant)
        return grant.access if grant else self._kept

    def _is_ending(self) -> bool:
        grant = read_grant(self._kept)
        return bool(grant and grant.refresh and 0 < grant.expires_at < self.clock.now() + EARLY)

    def renew(self, refused: str) -> bool:
        """After a refusal: the token that was kept meanwhile, else a refreshed one; a personal token is what it is."""
        self._kept = self._read()
        grant = read_grant(self._kept)
        if (grant.access if grant else self._kept) != refused:
            return True
        if grant is None:
            return False
        if not grant.refresh or self.how is None:
            raise Refused("sign-in-over", feed=self.feed.name, source=self.feed.source)
        self._renewed(self.how, grant)
        return True

    def _renewed(self, how: OAuth, grant: Grant) -> Grant:
        try:
            fresh = renewed(how, grant, self.clock.now())
        except Refused:
            self._kept = self._read()
            other = read_grant(self._kept)
            if other is None or other.refresh == grant.refresh:
                raise
            return other  # refreshed elsewhere at the same time
        self._kept = fresh.text()
        self.secrets.put(self.feed.name, self._kept)
        return fresh

    def _read(self) -> str:
        kept = self.secrets.get(self.feed.name)
        if not kept:
            raise Refused("not-connected", feed=self.feed.name, source=self.feed.source)
        return kept
