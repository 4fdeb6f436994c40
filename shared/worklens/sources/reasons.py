"""Why a record or a file can't be taken, and what is asked about a file: each key in English and Chinese.

A reason travels as its key with parameters, the ``{names}`` below, and is put into words here at the very end. Every
text says what is wrong, where, and what to do about it. ``{place}`` is added for a record by whoever shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from worklens.sources.names import name_of
from worklens.sources.service_reasons import SERVICES

Language = Literal["en", "zh"]

FILES: dict[str, tuple[str, str]] = {
    "no-file": (
        "This account is read from files: give it one with `worklens import FILE`.",
        "该账户的数据来自文件：请用 `worklens import 文件` 导入。",
    ),
    "empty-file": (
        "{file} is empty. Export it again.",
        "{file} 是空文件，请重新导出。",
    ),
    "unknown-format": (
        "{file} is of no format known here ({known}). If it is one of these, name it with --format.",
        "无法识别 {file} 的格式（已知格式：{known}）。如果它属于其中之一，请用 --format 指明。",
    ),
    "todoist-backup": (
        "{file} is a project of a Todoist backup. It holds open tasks only, with no word of when they were made or what was "
        "done. `worklens connect todoist` reads all of that; or import the file as a table: --format csv.",
        "{file} 是 Todoist 备份中的一个项目，只有未完成的任务，没有创建时间，也没有完成记录。"
        "请用 `worklens connect todoist` 读取全部内容；或以表格导入：--format csv。",
    ),
    "unknown-format-name": (
        "There is no format {format}. Known are: {known}.",
        "没有名为 {format} 的格式。已知格式：{known}。",
    ),
    "unknown-encoding": (
        "{file} can't be read as {encoding}. Name its encoding under [formats] in the mapping, such as "
        'encoding = "cp1252".',
        '{file} 无法按 {encoding} 编码读取。请在映射文件的 [formats] 中写明编码，例如 encoding = "gb18030"。',
    ),
    "broken-json": (
        "{file} breaks off or is damaged at byte {byte} of {size}. Export it again, or fetch it again.",
        "{file} 在第 {byte} 字节处（共 {size} 字节）中断或损坏，请重新导出或重新下载。",
    ),
    "broken-zip": (
        "{file} is a damaged or locked zip. Unpack it, and import the Tasks.json in it.",
        "{file} 是损坏或加密的压缩包。请先解压，再导入其中的 Tasks.json。",
    ),
    "zip-without-tasks": (
        "The zip {file} holds no Tasks.json. Unpack it, and import the file with the tasks.",
        "压缩包 {file} 中没有 Tasks.json。请先解压，再导入包含任务的文件。",
    ),
    "zip-too-large": (
        "The Tasks.json in {file} unpacks to more than {limit} bytes. If that is right, unpack it and import the file.",
        "{file} 中的 Tasks.json 解压后超过 {limit} 字节。如果确实如此，请先解压再导入。",
    ),
    "older-export": (
        "{file} is of {exported}, and one of {newest} was imported before. Import backups from the oldest to the "
        "newest; `worklens undo RUN` takes back the newer one.",
        "{file} 导出于 {exported}，而此前已导入 {newest} 的备份。请按从旧到新的顺序导入；可用 `worklens undo 运行号` 撤回较新的一次。",
    ),
    "no-todos": (
        "{file} holds no to-do (VTODO), only {others} other entries, such as events. Export the list of tasks instead.",
        "{file} 中没有待办事项（VTODO），只有 {others} 个其他条目（例如日程）。请改为导出任务列表。",
    ),
    "broken-component": (
        "A to-do breaks off: its END:VTODO is missing. Export the file again.",
        "一个待办事项不完整：缺少 END:VTODO。请重新导出文件。",
    ),
}

MAPPINGS: dict[str, tuple[str, str]] = {
    "mapping-missing": (
        "There is no mapping for this table. Give one with --mapping FILE.toml; docs/sources/csv.md shows how.",
        "该表格没有映射。请用 --mapping 文件.toml 给出；写法见 docs/sources/csv.md。",
    ),
    "mapping-not-toml": (
        "{file} is no valid TOML: {detail}.",
        "{file} 不是有效的 TOML：{detail}。",
    ),
    "mapping-unknown-key": (
        "{file}: there is no key {key} in a mapping. Did you mean {nearest}?",
        "{file}：映射中没有 {key} 这个键。您是否想写 {nearest}？",
    ),
    "mapping-wrong-value": (
        "{file}: the value of {key} is of the wrong kind: {detail}. Put texts in quotes, several in [ ].",
        "{file}：{key} 的值类型不对：{detail}。文本请加引号，多个值请放在 [ ] 中。",
    ),
    "mapping-needs": (
        "{file}: {key} can't do without {needs}. Add it.",
        "{file}：{key} 需要同时给出 {needs}，请补上。",
    ),
    "mapping-conflict": (
        "{file}: {key} and {other} contradict each other. Take one of them out.",
        "{file}：{key} 与 {other} 互相矛盾，请去掉其中之一。",
    ),
    "mapping-format": (
        "{file}: {key} can't be understood. It may be, for example: {example}.",
        "{file}：无法理解 {key} 的值。例如可以写：{example}。",
    ),
    "unknown-column": (
        "{file} has no column {column}, which {key} names in the mapping. The nearest is {nearest}.",
        "{file} 中没有映射 {key} 所指的列 {column}。最接近的列是 {nearest}。",
    ),
    "no-title-column": (
        "None of the columns of {file} looks like the task's title ({columns}). Name it in a mapping: "
        '[columns] title = "...".',
        '{file} 的各列（{columns}）都不像任务标题。请在映射文件中指明：[columns] title = "…"。',
    ),
}

ROWS: dict[str, tuple[str, str]] = {
    "broken-quotes": (
        'A quotation mark is never closed, or something stands behind it. Write "" for a mark inside a quoted cell.',
        '引号没有闭合，或引号后还有内容。引号内的引号请写成 ""。',
    ),
    "row-too-short": (
        "The row has fewer cells than the {columns} columns of the header. Look for a missing delimiter or quotes.",
        "该行的单元格少于表头的 {columns} 列。请检查是否缺少分隔符或引号。",
    ),
    "row-too-long": (
        "The row has more cells than the {columns} columns of the header. Put a cell that holds the delimiter in quotes.",
        "该行的单元格多于表头的 {columns} 列。含有分隔符的单元格请加引号。",
    ),
    "nul-bytes": (
        "The row holds zero bytes, so it is damaged or not text. Export the file again.",
        "该行含有零字节，可能已损坏或不是文本。请重新导出文件。",
    ),
    "wrong-bytes": (
        "It holds bytes that mean nothing in the file's encoding. Name the right one under [formats], or export again.",
        "其中有些字节在该文件的编码下没有意义。请在 [formats] 中写明正确的编码，或重新导出。",
    ),
    "bad-date": (
        "The column {column} holds no date as expected ({expected}), or one outside 1900 to 2199. Correct the cell, "
        "or add its format to date under [formats].",
        "列 {column} 中不是预期格式（{expected}）的日期，或不在 1900 至 2199 年之间。请改正该单元格，或在 [formats] 的 date 中加上它的格式。",
    ),
    "bad-number": (
        "The column {column} holds no number with {decimal} before its fraction, or one below 0 or beyond a century. "
        "Correct the cell, or set decimal under [formats].",
        "列 {column} 中不是以 {decimal} 为小数点的数，或小于 0，或超过一百年。请改正该单元格，或在 [formats] 中设置 decimal。",
    ),
    "no-id": (
        "The column {column}, which names the task, is empty. Fill it in.",
        "用来标识任务的列 {column} 是空的，请补上。",
    ),
    "no-title": (
        "The column {column} is empty, and there is no id that could stand for the task. Fill it in.",
        "列 {column} 是空的，也没有编号可以代表该任务，请补上。",
    ),
    "record-too-large": (
        "The record has {bytes} bytes; at most {limit} can be taken. Shorten its notes.",
        "该记录有 {bytes} 字节，最多只能接收 {limit} 字节。请缩短其备注。",
    ),
    "repeated-id": (
        "The file gives this id {versions} times with different content; the last was taken. Make the ids differ, or "
        "map the column that tells them apart to account.",
        "文件中该编号出现了 {versions} 次且内容不同，已采用最后一次。请使编号互不相同，或把能区分它们的列映射为 account。",
    ),
    "wrong-shape": (
        "The record is not as this source writes them: {error}.",
        "该记录不符合此来源的写法：{error}。",
    ),
    "wrong-value": (
        "The record holds a value that can't be right ({error}).",
        "该记录中有不可能正确的值（{error}）。",
    ),
}

QUESTIONS: dict[str, tuple[str, str]] = {
    "mapping-guessed": (
        "Guessed from the header: {pairs}. If that is wrong, give a mapping.",
        "根据表头推测：{pairs}。如有错误，请给出映射。",
    ),
    "columns-unused": (
        "These columns are not used: {columns}.",
        "以下列没有用到：{columns}。",
    ),
    "whole-listing": (
        "Does the file list all tasks, so that one that is missing in a later file was deleted? If so, say "
        "whole_listing = true under [file] in a mapping.",
        "文件是否列出了全部任务，即后来的文件中缺少的任务就是已删除？如果是，请在映射的 [file] 中写 whole_listing = true。",
    ),
    "dates-ambiguous": (
        "The dates can be read as {format} and as {other}; the first was taken. Name the right one under [formats].",
        "日期既可按 {format} 也可按 {other} 理解，现采用前者。请在 [formats] 中写明正确的格式。",
    ),
    "dates-unread": (
        "The dates of the column {column} were not understood, so it is left out. Name their format under [formats].",
        "无法理解列 {column} 中的日期，该列未使用。请在 [formats] 中写明其格式。",
    ),
    "encoding-guessed": (
        "The file was read as {encoding}, which is a guess. If letters look wrong, name its encoding under [formats].",
        "文件按 {encoding} 读取，这是推测的。如果文字显示不对，请在 [formats] 中写明编码。",
    ),
    "unknown-statuses": (
        "{count} rows have a value in {column} that the mapping doesn't know, and count as open: {values}. Put each "
        "under done, closed, deleted or open in [values].",
        "有 {count} 行在列 {column} 中的值不在映射里，按未完成处理：{values}。请在 [values] 的 done、closed、deleted 或 open 中写明。",
    ),
    "unknown-priorities": (
        "{count} rows have a value in {column} that is no priority from 1 to 9, and have none now: {values}. Say what "
        "it means under [values.priority].",
        "有 {count} 行在列 {column} 中的值不是 1 到 9 的优先级，现按无优先级处理：{values}。请在 [values.priority] 中写明含义。",
    ),
    "identity-by-title": (
        "Without a column for the id, a task is known by {column} and when it was created: one that is renamed counts "
        "as another.",
        "没有编号列时，任务由 {column} 和创建时间来辨认：改名后的任务会被当作另一个任务。",
    ),
    "account-unknown": (
        "{file} doesn't say whose it is. If you import other files of the same person, give all the same --account.",
        "{file} 没有说明属于谁。如果还要导入同一个人的其他文件，请都使用相同的 --account。",
    ),
    "rejected": (
        "{count} records can't be taken, the first at {place}: {why}",
        "有 {count} 条记录无法接收，第一条在 {place}：{why}",
    ),
    "other-components": (
        "{count} entries of the calendar are no to-dos (events, journals), and were left out.",
        "日历中有 {count} 个条目不是待办事项（例如日程、日记），已略过。",
    ),
    "repeated-ids": (
        "{count} ids stand in the file more than once; the last of each is taken. If a column tells them apart, map it "
        "to account.",
        "有 {count} 个编号在文件中出现多次，各取最后一次。如果某列能区分它们，请把它映射为 account。",
    ),
}

# Why a record stays in quarantine when it is tried again, beyond what its source says of it.
HELD: dict[str, tuple[str, str]] = {
    "kept-too-large": (
        "It has {bytes} bytes, and at most {limit} can be taken. Shorten it at its source, then import or sync again.",
        "它有 {bytes} 字节，最多只能接收 {limit} 字节。请在来源处缩短后重新导入或同步。",
    ),
    "kept-blob-gone": (
        "The file in which the whole of it was kept is no longer there. Import or sync again.",
        "保存其完整内容的文件已不存在。请重新导入或同步。",
    ),
    "kept-cut-off": (
        "Only its beginning was kept, and the raw records of that run are gone. Import or sync again.",
        "只保留了开头部分，而该次运行的原始记录已删除。请重新导入或同步。",
    ),
    "kept-no-record": (
        "What was kept is a piece of a file or of an answer, and no record. Mend the cause, then import or sync again.",
        "保留下来的只是文件或应答的一个片段，不是完整的记录。请先排除原因，再重新导入或同步。",
    ),
    "kept-busy": (
        "Another run of the account was at work. Try again.",
        "该账户有另一个运行正在进行。请重试。",
    ),
}

REASONS: dict[str, tuple[str, str]] = FILES | MAPPINGS | ROWS | QUESTIONS | SERVICES | HELD


class _Known(dict[str, str]):
    """Parameters, of which an old record may lack one: it is then shown as a gap, and no error hides the others."""

    def __missing__(self, key: str) -> str:
        return "?"


def in_words(reason: str, params: Mapping[str, str], language: Language = "en") -> str:
    """A reason in a language, of a ``source`` also what it is called (``{service}``), which stands for a host that nobody named.

    A key that has no text here (yet) is shown as it is.
    """
    known = _Known(params)
    known["service"] = name_of(known["source"], language)
    known.setdefault("host", known["service"])
    if reason == "rejected":
        known["why"] = in_words(known["reason"], params, language)
    texts = REASONS.get(reason)
    return texts[language == "zh"].format_map(known) if texts else reason
