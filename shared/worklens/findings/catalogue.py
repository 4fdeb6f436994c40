"""Findings in words, at last: a template of a language's catalogue filled with a finding's parameters."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import NamedTuple

from worklens.findings import chinese, english
from worklens.findings.model import Finding, TaskRef
from worklens.findings.words import Chinese, English, Words

MOST_NAMES = 3  # titles in a sentence


class Catalogue(NamedTuple):
    """A language's templates, and how it writes what goes into them."""

    words: Words
    text: Mapping[str, str]
    action: Mapping[str, str]
    alert: Mapping[str, str]
    more: Mapping[str, tuple[str, str]]  # a parameter that may be unknown, and what is said where it is known
    named: Mapping[str, str]  # what the tasks are that a finding names
    units: Mapping[str, str]  # what was counted as evidence
    seen: str
    luck: str


def _catalogue(words: Words, language: ModuleType) -> Catalogue:
    words.questions = language.QUESTIONS
    return Catalogue(
        words,
        language.TEXT,
        language.ACTION,
        language.ALERT,
        language.MORE,
        language.NAMED,
        language.UNITS,
        language.SEEN,
        language.LUCK,
    )


CATALOGUES: Mapping[str, Catalogue] = {
    "en": _catalogue(English(), english),
    "zh": _catalogue(Chinese(), chinese),
}
LANGUAGES = tuple(CATALOGUES)


def text(finding: Finding, language: str = "en", titles: Mapping[TaskRef, str] | None = None) -> str:
    """What the finding says, as plain text: escape it for the page it goes on.

    With `titles` of the tasks it names, they are told. Raises ValueError for a language there is no catalogue for.
    """
    catalogue = _of(language)
    names = [title for ref in finding.tasks if titles and (title := titles.get(ref))][:MOST_NAMES]
    template = catalogue.text[finding.key]
    param, known = catalogue.more.get(finding.key, ("", ""))
    if finding.params.get(param) is not None:
        template += known
    if names:
        template += catalogue.named.get(finding.key, "")
    return catalogue.words.vformat(template, (), {**finding.params, "names": names})


def why(finding: Finding, language: str = "en") -> str:
    """What stands behind it: how much was seen, from when to when, and how rarely luck would show as much."""
    catalogue, about = _of(language), finding.evidence
    first, last = about["window"]
    given = {"n": about["n"], "first": first, "last": last, "odds": int(1 / max(about.get("p") or 1, 1e-6))}
    template = catalogue.seen.replace("UNIT", catalogue.units[finding.key])
    return catalogue.words.vformat(template + (catalogue.luck if "p" in about else ""), (), given)


def action(finding: Finding, language: str = "en") -> str:
    """What one might do about it, as plain text."""
    catalogue = _of(language)
    return catalogue.words.vformat(catalogue.action[finding.key], (), finding.params)


def _of(language: str) -> Catalogue:
    found = CATALOGUES.get(language)
    if found is None:
        raise ValueError(f"there is no catalogue for {language!r}; there are {', '.join(LANGUAGES)}")
    return found
