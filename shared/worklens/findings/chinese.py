"""The Chinese catalogue (simplified): what each finding says, and what one might do."""

from __future__ import annotations

from collections.abc import Mapping

TEXT: Mapping[str, str] = {
    "pace_faster": "最近完成得更多：自{since:date}起每周 {recent_a_week:number} 项，此前半年每周 {before_a_week:number} 项。",
    "pace_slower": "最近完成得更少：自{since:date}起每周 {recent_a_week:number} 项，此前半年每周 {before_a_week:number} 项。",
    "pace_rose": "自{since:date}起完成得更多：每周 {recent_a_week:number} 项，此前 {before_weeks:count 周}为每周 {before_a_week:number} 项。",
    "pace_fell": "自{since:date}起完成得更少：每周 {recent_a_week:number} 项，此前 {before_weeks:count 周}为每周 {before_a_week:number} 项。",
    "best_time": "{weekday:weekday} {from_hour:hour} 到 {to_hour:hour} 是一周里完成最多的时段：只占一周时间的 {hours_share:percent}，却完成了 {share:percent} 的任务。",
    "best_weekday": "{weekday:weekday}是一周里完成最多的一天：占全部完成的 {share:percent}。",
    "dip": "{from:date}至{to:date}完成得明显偏少：每周 {inside_a_week:number} 项，前后则为每周 {around_a_week:number} 项。",
    "backlog_grows": "新增多于了结：自{since:date}起新增 {arrived:number} 项，了结 {left:number} 项，现有 {open:count 项}未完成。",
    "backlog_shrinks": "了结多于新增：自{since:date}起了结 {left:number} 项，新增 {arrived:number} 项，现有 {open:count 项}未完成。",
    "list_hardly_done": "清单{collection_title:title}里的任务几乎没有完成：{days:span}内完成 {share:percent}，其他清单为 {elsewhere:percent}。",
    "list_slow": "清单{collection_title:title}进展缓慢：与同龄的其他任务相比，它的任务每天被完成的机会只有 {rate_ratio:ratio} 倍。",
    "list_fast": "清单{collection_title:title}进展很快：与同龄的其他任务相比，它的任务每天被完成的机会是 {rate_ratio:ratio} 倍。",
    "zombies": "{open:count 项}未完成的任务中，有 {count:number} 项已搁置超过 {age_days:span}；这么旧的任务，一个季度内只有 {chance:percent} 会完成。",
    "ageing": "有 {count:count 项}任务快要被搁下了：它们已有 {age_days:span}到 {to_days:span}，这样的任务一个月内完成 {chance:percent}，新任务则为 {young_chance:percent}。",
    "moved_late": "截止日期一旦推迟，即使按新日期算，逾期的可能也是其他任务的 {ratio:ratio} 倍：{share:percent} 对 {elsewhere:percent}。",
    "list_late": "清单{collection_title:title}的截止日期常常守不住：有日期的任务 {share:percent} 逾期，其他清单为 {elsewhere:percent}。",
    "chore_slips": "{names:named 有一项重复任务}比其他重复任务更常拖延：{times:count 次}中有 {late:number} 次逾期，即 {share:percent}，其他为 {elsewhere:percent}。",
    "estimates_low": "实际用时是估计的 {ratio:ratio} 倍（{tasks:count 项}任务，95% 置信区间 {low:ratio} 到 {high:ratio}）。",
    "estimates_high": "实际用时只有估计的 {ratio:ratio} 倍，估计偏高（{tasks:count 项}任务，95% 置信区间 {low:ratio} 到 {high:ratio}）。",
    "promises_kept": "我们的 {level:percent} 承诺有 {share:percent} 兑现，n = {n:number}。",
    "promises_low": "我们的 {level:percent} 承诺只有 {share:percent} 兑现，n = {n:number}。",
    "promises_unproven": "还说不出我们的 {level:percent} 值多少：需要 {needed:number} 个到期的承诺，现有 {n:number} 个。",
    "times_unknown": "已结束的任务中有 {share:percent}（{total:number} 项中的 {count:number} 项）不知道何时完成；关于时间的结论只依据其余任务。",
    "created_unknown": "有 {share:percent} 的任务（{total:number} 项中的 {count:number} 项）不知道何时创建，因此无从得知它们搁置了多久。",
    "impossible_times": "按记录，有 {count:count 项}任务的完成时间早于创建时间，占完成的 {share:percent}。凡涉及任务年龄之处都不计入它们。",
    "impossible_many": "按记录，有 {count:count 项}任务的完成时间早于创建时间，占完成的 {share:percent}。所以不对单项任务和清单下结论。",
    "record_ended": "{day:date}之后没有任何记录，距今 {days:span}：文中的“最近”以那一天为准。",
    "order_unclear": "从这份记录看，接下来完成哪一项像是随机的，所以不对单项任务和清单下结论。",
    "not_enough": "证据还不够（{weeks:count 周}内 {completions:count 次完成}），尚不能回答：{missing:missing}。",
}

ACTION: Mapping[str, str] = {
    "pace_faster": "想想是什么带来了变化，把它保持下去。按旧节奏订的计划现在偏保守。",
    "pace_slower": "看看中间发生了什么。在恢复之前，承诺要比此前半年的节奏少一些。",
    "pace_rose": "想想那时开始了什么，把它保持下去。按此前节奏订的计划现在偏保守。",
    "pace_fell": "看看那时开始或结束了什么。承诺要按之后的节奏，而不是此前的。",
    "best_time": "把这段时间留给要紧的事，会议放到别的时候。",
    "best_weekday": "把这一天留给要紧的事。",
    "dip": "如果是休假或生病，它不代表平常的节奏。如果都不是，请留意在那之前发生了什么。",
    "backlog_grows": "每周大约少接 {net_a_week:number} 项，或放弃同样多的任务。",
    "backlog_shrinks": "可以接些新的事了。",
    "list_hardly_done": "想清楚这个清单的用途：选一项并为它留出时间，或者删掉清单，承认它不是承诺。",
    "list_slow": "每周给这个清单一段固定时间，或把任务拆小。",
    "list_fast": "这里行得通的做法，也许对别的清单同样有用。",
    "zombies": "把它们过一遍：删除、交给别人，或在本周给其中一项留出时间。",
    "ageing": "现在就挑一项去做；每多等一周，其余的就更难完成。",
    "moved_late": "要推迟日期时，先问一问：任务能不能变小，或者干脆不做。",
    "list_late": "这里的日期订得晚一些，或少订一些。",
    "chore_slips": "让它少一些、小一些，或与本来就会做的事放在一起。",
    "estimates_low": "答应日期之前，先把估计乘以 {ratio:ratio}。",
    "estimates_high": "把估计乘以 {ratio:ratio}；还有余力做更多。",
    "promises_kept": "答应日期时按 {level:percent} 的来：现在知道它值多少了。",
    "promises_low": "在好转之前，答应日期时请按 95% 的来。预测会根据以往的兑现情况自行修正。",
    "promises_unproven": "继续工作：承诺到期时就会打分。",
    "times_unknown": "导入带完成日期的数据，或连接服务，以后的记录就会完整。",
    "created_unknown": "导入带创建日期的数据，或连接服务，以后的记录就会完整。",
    "impossible_times": "请检查哪些列被当作创建和完成时间，以及日期格式和时区。",
    "impossible_many": "请检查哪些列被当作创建和完成时间，以及日期格式和时区。",
    "record_ended": "导入更新的备份，或运行 sync。",
    "order_unclear": "请查一查完成时间的来历：也许是某次导入编造的。",
    "not_enough": "继续工作，到时再来看。",
}

QUESTIONS: Mapping[str, str] = {
    "pace": "节奏的变化",
    "rhythm": "一周里的最佳时段",
    "dip": "与众不同的几周",
    "backlog": "任务是否在堆积",
    "lists": "哪些清单能完成",
    "zombies": "哪些旧任务已无希望",
    "ageing": "任务何时算搁得太久",
    "moved": "推迟日期的后果",
    "late": "哪些清单常逾期",
    "recurring": "哪些重复任务会拖延",
    "estimates": "估计是否准确",
    "promises": "预测兑现得如何",
    "tasks": "关于单项任务和清单的任何结论",
}

MORE: Mapping[str, tuple[str, str]] = {
    "ageing": ("half_days", "放到这么久的任务，有一半会在此后 {half_days:span}内完成。"),
}

NAMED: Mapping[str, str] = {
    "zombies": "最旧的是{names:titles}。",
    "ageing": "最旧的是{names:titles}。",
    "moved_late": "推迟最多的是{names:titles}。",
}

SEEN = "依据{first:date}至{last:date}的 {n:count UNIT}。"
LUCK = "若纯属偶然，{odds:number} 份这样的记录里最多出现一次。"

UNITS: Mapping[str, str] = {
    "pace_faster": "次完成",
    "pace_slower": "次完成",
    "pace_rose": "次完成",
    "pace_fell": "次完成",
    "best_time": "次完成",
    "best_weekday": "次完成",
    "dip": "次完成",
    "backlog_grows": "次新增与了结",
    "backlog_shrinks": "次新增与了结",
    "list_hardly_done": "项任务",
    "list_slow": "项任务",
    "list_fast": "项任务",
    "zombies": "项同样旧的任务",
    "ageing": "项同样旧的任务",
    "moved_late": "项有截止日期的任务",
    "list_late": "项有截止日期的任务",
    "chore_slips": "次重复任务",
    "estimates_low": "项有估计的任务",
    "estimates_high": "项有估计的任务",
    "promises_kept": "个到期的承诺",
    "promises_low": "个到期的承诺",
    "promises_unproven": "个到期的承诺",
    "times_unknown": "项已结束的任务",
    "created_unknown": "项任务",
    "impossible_times": "次完成",
    "impossible_many": "次完成",
    "record_ended": "项任务",
    "order_unclear": "次完成",
    "not_enough": "次完成",
}
