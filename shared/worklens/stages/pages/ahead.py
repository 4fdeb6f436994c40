"""Pages are made again when the facts have changed, before anybody asks: whoever opens one in the morning needn't wait."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable
from threading import Event, Thread

from worklens.stages.pages.router import Site

log = logging.getLogger(__name__)

PAUSE = 1.0  # seconds between two looks: a look is one small read
QUIET = 2  # looks without a change: an import that goes on isn't made to share its machine with us


class Ahead:
    """Follows a site's version; what to do at a look is apart from the thread that looks."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.made: Hashable = None  # the version that the pages were made of last
        self.seen: Hashable = None
        self.still = 0  # looks for which it has been the same
        self.failed = ""  # the kind of error that a look ended in, told once for as long as it comes again

    def look(self) -> bool:
        """Make the pages again where the facts changed and have come to rest; whether that was done."""
        version = self.site.current()
        self.still = self.still + 1 if version == self.seen else 0
        self.seen = version
        if self.still < QUIET or version == self.made:
            return False
        self.made = version  # before: what fails is not tried each second, but at the next change
        self.site.refresh()
        return True

    def try_to_look(self) -> None:
        """Look, whatever comes of it: a page that isn't there yet is made for whoever opens it."""
        try:
            if self.look():
                self.failed = ""
        except Exception as error:  # noqa: BLE001 - whatever it is, the next change may be free of it
            kind = type(error).__name__  # its words may hold a title
            if kind != self.failed:
                log.warning("Pages can't be made ahead (%s); each is made when it is opened.", kind)
            self.failed = kind

    def follow(self, stop: Event, leave: Callable[[], object]) -> Thread:
        """Look now and then until told to stop; ``leave`` closes what the thread opened."""

        def work() -> None:
            while not stop.wait(PAUSE):
                self.try_to_look()
                leave()

        thread = Thread(target=work, name="pages-ahead", daemon=True)
        thread.start()
        return thread
