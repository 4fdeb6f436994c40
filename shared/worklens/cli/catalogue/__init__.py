"""The command line's own words, each in English and Chinese, a file a command. What sources and findings say stands with them."""

from __future__ import annotations

from worklens.cli.catalogue import (
    answer,
    calendar,
    connect,
    demo,
    digest,
    disconnect,
    doctor,
    errors,
    evaluate,
    export,
    forecast,
    forget,
    import_file,
    link,
    metrics,
    problems,
    report,
    schedule,
    status,
    tasks,
    timer,
    today,
    undo,
    when,
)

_FILES = (
    answer,
    calendar,
    connect,
    demo,
    digest,
    disconnect,
    doctor,
    errors,
    evaluate,
    export,
    forecast,
    forget,
    import_file,
    link,
    metrics,
    problems,
    report,
    schedule,
    status,
    tasks,
    timer,
    today,
    undo,
    when,
)

WORDS: dict[str, tuple[str, str]] = {key: words for file in _FILES for key, words in file.WORDS.items()}
