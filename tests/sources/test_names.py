"""What a person reads calls a source by its name; the id stands only where it is typed."""

from __future__ import annotations

import re

import pytest

from worklens.cli.catalogue import WORDS
from worklens.cli.words import say
from worklens.render import connecting
from worklens.sources.names import NAMES, name_of
from worklens.sources.reasons import REASONS, in_words

TYPED = re.compile(r"`[^`]*`|\{source\}:|docs/\S+|WORKLENS_\w+")  # a command, an account, a page, a variable
IDS = re.compile("|".join(("{source}", *(name for name in NAMES if "_" in name))))


@pytest.mark.parametrize("words", [WORDS, REASONS, connecting.WORDS], ids=["cli", "reasons", "page"])
def test_no_id_stands_in_a_sentence(words: dict[str, tuple[str, str]]) -> None:
    """Neither in English nor in Chinese."""
    found = [key for key, texts in words.items() for text in texts if IDS.search(TYPED.sub("", text))]

    assert found == []


def test_a_sentence_names_the_service() -> None:
    """In the person's language, with the command to type beside it; and for a host that is not known."""
    assert "sign in at Microsoft To Do itself" in say("allows", "en", source="microsoft_todo", scopes="x")
    assert "滴答清单" in say("no-count", "zh", source="dida365")
    said = in_words("sign-in-over", {"source": "google_tasks", "feed": "google_tasks:me"})
    assert said.startswith("Google Tasks no longer")
    assert "connect google_tasks --account google_tasks:me" in said
    assert in_words("token-refused", {"source": "todoist", "feed": "todoist:me"}).startswith(
        "Todoist doesn't"
    )
    assert name_of("unheard-of") == "unheard-of"
