"""What `worklens forecast` says; the forecasts' own words are in findings/promises.py."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "forecasting": ("forecasting", "预测中"),
    "forecast-one-question": (
        "{options} are different questions. Ask one at a time.",
        "{options} 是不同的问题，请一次只问一个。",
    ),
    "forecast-out-of-reach": (
        "--by names a day that is {days} days from the first one {account} can be told of; 1 to 365 can be.",
        "--by 指定的日期是 {account} 可预测首日起的第 {days} 天；可预测的范围是第 1 到 365 天。",
    ),
    "list-unknown": (
        "There is no list {list}. There are: {known}.",
        "没有清单 {list}。现有清单：{known}。",
    ),
    "list-ambiguous": (
        "Several lists begin with {list}: {known}. Give more of the title.",
        "有多个清单以 {list} 开头：{known}。请写出更多标题。",
    ),
    "nothing-to-forecast": (
        "Nothing was taken in by then that a forecast could be made from.",
        "截至该时间没有可用于预测的数据。",
    ),
    "forecast-nothing-open": ("Nothing is open there.", "其中没有未完成的任务。"),
    "list-no-estimates": (
        "No open task has an estimate (of {tasks}), so nothing is said of hours.",
        "其中 {tasks} 个未完成的任务都没有估计，因此无法说明需要多少小时。",
    ),
    "list-hours": (
        "Estimated: {hours} hours of work; open tasks with an estimate: {estimated} of {tasks}.",
        "估计工作量：{hours} 小时；{tasks} 个未完成的任务中有 {estimated} 个带估计。",
    ),
    "list-hours-days": (
        "At the hours this list got lately, and as such estimates came out, that fills {half} days, {sure} at 85 %, if nothing "
        "lies waiting; hours alone make no date.",
        "按该清单近期所得工时和以往估计的偏差，需要 {half} 天，85 % 的把握为 {sure} 天（假设没有任务被搁置）；仅凭工时不能得出日期。",
    ),
    "list-hours-long": (
        "At the hours this list got lately that may fill more than a year.",
        "按该清单近期所得工时，可能需要一年以上。",
    ),
    "list-hours-unknown": (
        "Too few finished tasks have both an estimate and a time spent to say how many days that fills.",
        "同时有估计和实际用时的已完成任务太少，无法说明需要多少天。",
    ),
    "forecast-id": ("in the ledger: {id}", "账本编号：{id}"),
    "next-after-forecast": ("What such forecasts came to: {grade}", "查看以往预测的结果：{grade}"),
    "forecast-unknown": (
        "There is no forecast {id} in the ledger. `worklens forecast --json` gives the ids; one made from a withdrawn "
        "run is no longer there.",
        "账本中没有预测 {id}。编号见 `worklens forecast --json`；基于已撤回运行的预测不再列出。",
    ),
    "forecast-same": ("{id}: the same again.{why}", "{id}：结果相同。{why}"),
    "forecast-differs": ("{id}: not the same. {why}", "{id}：结果不同。{why}"),
    "forecast-other-inputs": (
        "What it was made from has changed since: a run was withdrawn, or an older file taken in later.",
        "其依据的数据后来有变：有运行被撤回，或后来导入了更早的文件。",
    ),
    "forecast-other-version": (
        "It was made by another version of the model.",
        "它由模型的另一个版本得出。",
    ),
    "forecast-worth": ("{text}", "{text}"),
    "nothing-graded": (
        "No forecast of the ledger has come to its end yet; {open:waits|wait}.",
        "账本中还没有到期的预测，{open} 个仍在等待。",
    ),
    "column-level": ("level", "把握"),
    "column-came-true": ("came true", "兑现"),
    "column-promises": ("promises", "承诺数"),
    "column-said-on": ("said on", "预测日"),
    "column-promised": ("promised", "承诺"),
    "column-truth": ("truth", "实际"),
    "kept-yes": ("yes", "是"),
    "kept-no": ("no", "否"),
}
