"""Pages are made again when the facts have changed, before anybody asks: whoever opens one in the morning needn't wait."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Event, Thread

from worklens.stages.pages.router import Site

PAUSE = 1.0  # seconds between two looks: a look is one small read
QUIET = 2  # looks without a change: an import that goes on isn't made to share its machine with us


class Ahead:
    """Follows a site's version; what to do at a look is apart from the thread that looks."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.made: Hashable = None  # the version that the pages were made of last
        self.seen: Hashable = None
        self.still = 0  # looks for which it has been the same

    def look(self) -> bool:
        """Make the pages again where the facts changed and have come to rest; whether that was done."""
        version = self.site.current()
        self.still = self.still + 1 if version == self.seen else 0
        self.seen = version
        if self.still < QUIET or version == self.made:
            return False
        self.site.refresh()
        self.made = version
        return True

    def follow(self, stop: Event, leave: Callable[[], object]) -> Thread:
        """Look now and then until told to stop; ``leave`` closes what the thread opened."""

        def work() -> None:
            while not stop.wait(PAUSE):
                self.look()
                leave()

        thread = Thread(target=work, name="pages-ahead", daemon=True)
        thread.start()
        return thread
