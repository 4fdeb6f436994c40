"""What `worklens evaluate` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "evaluating-forecasts": ("forecasts", "预测"),
    "evaluating-cycle_times": ("cycle times", "周期时间"),
    "evaluating-estimates": ("estimates", "估计"),
    "evaluating-scores": ("chances to be done", "完成概率"),
    "evaluating-lateness": ("chances to be late", "逾期概率"),
    "cycle-together": ("all together", "全部合计"),
    "cycle-each_account": ("each alone", "逐个账户"),
    "cycle-kaplan_meier_answers": ("Kaplan-Meier answers", "Kaplan-Meier 有答案"),
    "cycle-not_reached": ("not reached by it", "Kaplan-Meier 未达到"),
    "cycle-all": ("all", "全部"),
    "column-cycle-times": ("Cycle time, 85 %", "周期时间 85 %"),
    "column-finished-tasks": ("tasks", "任务数"),
    "column-months": ("months", "月数"),
    "column-estimates": ("Estimates", "估计"),
    "column-off": ("off by", "误差"),
    "column-kaplan-meier": ("Kaplan-Meier", "Kaplan-Meier"),
    "column-closed-lately": ("closed lately", "近期完成"),
    "column-own-estimate": ("own", "本人估计"),
    "column-own-median": ("own x median", "本人 × 中位数"),
    "column-held": ("80 % held", "80 % 命中"),
    "estimates-everyone": ("all together", "全部合计"),
    "cycle-times-about": (
        "How far off, in days, the cycle time known at each month's end was for the tasks begun in the 90 days before.",
        "每月末对此前 90 天内开始的任务所作周期时间估计的平均偏差（天）。",
    ),
    "estimates-about": (
        "How far off a task in the middle was, corrected from earlier tasks, as estimated, and by the person's median.",
        "居中任务的偏差：按以往任务修正后、原始估计、以及按本人中位数修正。",
    ),
    "column-chances": ("Done within", "完成期限"),
    "column-asked-about": ("asked", "提问次数"),
    "column-ours": ("ours", "本模型"),
    "column-kaplan-meier-shrunk": ("steadied", "收缩后"),
    "column-base-rate": ("base rate", "基准率"),
    "column-miscalibrated": ("calibration", "校准误差"),
    "chances-late": ("missing the due date", "错过截止日期"),
    "scores-about": (
        "Log loss of each open task's chance to be done, the smaller the better; no chance is told nearer than {clip} to 0 or 1.",
        "每个未完成任务完成概率的对数损失，越小越好；概率不会比 {clip} 更接近 0 或 1。",
    ),
    "column-origins": ("days asked", "起点数"),
    "column-mean-promise": ("promise", "平均承诺"),
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
