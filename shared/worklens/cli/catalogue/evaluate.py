"""What `worklens evaluate` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "evaluating-forecasts": ("forecasts", "预测"),
    "column-origins": ("days asked", "起点数"),
    "column-mean-promise": ("mean promise", "平均承诺"),
    "column-loss": ("loss", "损失"),
    "column-best-plain": ("best plain", "最佳基线"),
    "evaluated-about": (
        "Loss is the pinball loss, in tasks or days, the smaller the better; beside it that of the best plain bootstrap.",
        "损失为 pinball 损失（单位为任务或天），越小越好；旁边是最佳的普通自助法基线。",
    ),
    "too-little-to-evaluate": (
        "No account has {needed} tasks done on a known day yet, so there is no past to grade forecasts on.",
        "还没有账户达到 {needed} 个完成日期已知的任务，因此没有可供评估的历史。",
    ),
}
