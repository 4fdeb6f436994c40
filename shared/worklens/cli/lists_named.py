"""Lists as a person names them: by id, title, or what a title begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from worklens.cli.failures import Usage
from worklens.stages.asking import ask

if TYPE_CHECKING:
    from worklens.stages.care import Asked

Titles = dict[tuple[str, str], str]
"""Titles of lists by account and id."""


def titles_of(session: Asked) -> Titles:
    """Every list's title by account and id; its id where its source gives none."""
    rows = ask(session, "latest_collections", columns="account, collection, title")
    keys = zip(rows["account"], rows["collection"], strict=True)
    named = dict(zip(keys, rows["title"], strict=True))
    bare = ask(session, "task_states", "WHERE collection IS NOT NULL", columns="DISTINCT account, collection")
    return {key: key[1] for key in zip(bare["account"], bare["collection"], strict=True)} | named


def lists_named(titles: Titles, given: str, accounts: list[str] | None) -> set[tuple[str, str]] | None:
    """The lists that a person means, as account and id; None where none was named. Raises Usage.

    By id or whole title, else by what only one title begins with.
    """
    if not given:
        return None
    ours = {key: title for key, title in titles.items() if accounts is None or key[0] in accounts}
    exact = {key for key, title in ours.items() if given in {key[1], title}}
    folded = given.casefold()
    alike = {title for title in ours.values() if title.casefold().startswith(folded)}
    found = exact or {key for key, title in ours.items() if len(alike) == 1 and title in alike}
    if not found:
        known = ", ".join(sorted(alike or set(ours.values()))[:12]) or "-"
        raise Usage("list-ambiguous" if alike else "list-unknown", list=given, known=known)
    return found
