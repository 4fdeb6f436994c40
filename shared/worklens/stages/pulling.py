"""Runs a pull: performs what it asks one after another, and hands on its pages."""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import Protocol

import msgspec

from worklens.sources.base import Answer, Ask, Asked, Context, Done, Page, Pull, Refused, Source
from worklens.stages.judging import Unavailable


class Answers(Protocol):
    """Whatever answers requests; a test may script it."""

    def answer(self, asked: Ask) -> Answer:
        """The answer; raises Refused or Unavailable."""
        ...


def pull_pages(source: Source, context: Context, driver: Answers) -> Generator[Page, None, Done]:
    """Run a pull: perform what it asks and hand on its pages; the generator's value is the pull's ``Done``."""
    return performed(source.pull(context), source.name, driver)


def performed(pull: Pull, source: str, driver: Answers) -> Generator[Page, None, Done]:
    """Perform what a pull asks, of the source of this name, and hand on its pages.

    What the driver raises is raised inside the pull, at the ``yield`` that asked, so that a source may know better.
    An answer the source can't read is Unavailable where it is no JSON at all (a sign-in page of some network), and
    Refused where it is JSON of another shape.
    """
    step: Callable[[], Asked] = partial(next, pull)
    try:
        while True:
            asked = step()
            if isinstance(asked, Page):
                yield asked
                step = partial(next, pull)
            else:
                step = _answered(pull, asked, driver)
    except StopIteration as stop:
        done: Done = stop.value
        return done
    except (msgspec.ValidationError, RecursionError) as error:
        raise Refused("answer-not-understood", source=source, detail=str(error)) from None
    except msgspec.DecodeError as error:
        raise Unavailable("answer-garbled", source=source, detail=str(error)) from None
    finally:
        pull.close()


def _answered(pull: Pull, asked: Ask, driver: Answers) -> Callable[[], Asked]:
    """How the pull goes on: with the answer, or with what went wrong."""
    try:
        answer = driver.answer(asked)
    except (Refused, Unavailable) as error:
        return partial(pull.throw, error)
    return partial(pull.send, answer)
