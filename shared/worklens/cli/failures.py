"""Errors as a person reads them: one paragraph on stderr saying what is wrong, where, and what to do."""

from __future__ import annotations

import os
import sys

from worklens.cli.words import Language, language_of, say

FAILED, USAGE, INTERRUPTED = 1, 2, 130


class Problem(Exception):
    """Something that the command line itself found wrong: a key of its catalogue with parameters."""

    def __init__(self, key: str, **params: object) -> None:
        """``key`` is one of ``catalogue.WORDS``."""
        super().__init__(key, params)
        self.key = key
        self.params = params


class Usage(Problem):
    """A command that was put wrongly: a value that no option takes, a name that is none."""


def tell(error: BaseException, language: str | None = None) -> int:
    """Say on stderr what went wrong; the exit code."""
    chosen = language_of(language)
    if isinstance(error, KeyboardInterrupt):
        print(say("interrupted", chosen), file=sys.stderr)
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        return _reader_gone()
    known = foreseen(error, chosen)
    if os.environ.get("WORKLENS_DEBUG") and not isinstance(error, Problem):
        import traceback

        traceback.print_exception(error)
    print(known or say("unforeseen", chosen, error=type(error).__name__), file=sys.stderr)
    return USAGE if _is_usage(error) else FAILED


def _is_usage(error: BaseException) -> bool:
    return isinstance(error, Usage) or getattr(error, "reason", "") == "unknown-format-name"


def paragraph(error: BaseException, language: Language) -> str:
    """The error in words; one that nobody foresaw names its kind only, since its text may quote a title."""
    known = foreseen(error, language)
    return known or say("unforeseen", language, error=type(error).__name__)


def foreseen(error: BaseException, language: Language) -> str:
    """The words for an error that was to be foreseen; empty for any other."""
    if hasattr(error, "key") and hasattr(error, "params"):  # a Problem, or a stage's InUse
        return say(error.key, language, **error.params)
    if hasattr(error, "reason") and hasattr(error, "params"):
        from worklens.sources.reasons import in_words

        return in_words(error.reason, error.params, language)
    return _ours(error) or _system(error, language)


OURS = {"BadSetting", "BadSettings", "InsertRefused", "Busy", "StaleLease", "NewerStore", "UnknownPlatform"}


def _ours(error: BaseException) -> str:
    """Errors of the package that carry their own words, told by name so that nothing is imported for them."""
    kind = type(error)
    return str(error) if kind.__module__.startswith("worklens.") and kind.__name__ in OURS else ""


def _system(error: BaseException, language: Language) -> str:
    """What the operating system said: no space, no permission, no such folder."""
    if isinstance(error, OSError) and error.strerror:
        where = str(error.filename or "")
        return say("system", language, problem=error.strerror, where=where or "-")
    if type(error).__module__.partition(".")[0] in {"duckdb", "_duckdb"} and _is_damage(str(error)):
        return say("warehouse-damaged", language)
    if type(error).__module__.startswith("google."):
        return say("cloud-refused", language, error=type(error).__name__)
    if isinstance(error, ImportError):
        return say("extra-missing", language, detail=str(error))
    return ""


def _is_damage(text: str) -> bool:
    return "valid DuckDB database" in text or "orrupt" in text


def steady_streams() -> None:
    """Characters that the terminal's encoding lacks become escapes, and end no command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _reader_gone() -> int:
    """Whoever read our output has enough (`| head`): end without a word, and without Python's own complaint."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - it lives as long as the process
    return 0
