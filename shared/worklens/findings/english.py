"""The English catalogue: what each finding says, and what one might do."""

from __future__ import annotations

from collections.abc import Mapping

TEXT: Mapping[str, str] = {
    "pace_faster": "More gets done lately: {recent_a_week:number} tasks a week since {since:date}, {before_a_week:number} a week in the half year before.",
    "pace_slower": "Less gets done lately: {recent_a_week:number} tasks a week since {since:date}, {before_a_week:number} a week in the half year before.",
    "pace_rose": "More gets done since {since:date}: {recent_a_week:number} tasks a week, {before_a_week:number} in the {before_weeks:count week|weeks} before.",
    "pace_fell": "Less gets done since {since:date}: {recent_a_week:number} tasks a week, {before_a_week:number} in the {before_weeks:count week|weeks} before.",
    "best_time": "Most gets done on {weekday:weekday} from {from_hour:hour} to {to_hour:hour}: {share:percent} of all that is done, in {hours_share:percent} of the week.",
    "best_weekday": "Most gets done on {weekday:weekday}: {share:percent} of all that is done.",
    "dip": "From {from:date} to {to:date} far less was done: {inside_a_week:number} tasks a week, against {around_a_week:number} before and after.",
    "backlog_grows": "More comes in than goes out: {arrived:number} tasks came and {left:number} left since {since:date}, so {open:count task is|tasks are} open now.",
    "backlog_shrinks": "More goes out than comes in: {left:number} tasks left and {arrived:number} came since {since:date}, so {open:count task is|tasks are} open now.",
    "list_hardly_done": "Hardly anything in {collection_title:title} gets done: {share:percent} of its tasks within {days:span}, elsewhere {elsewhere:percent}.",
    "list_slow": "Work in {collection_title:title} is slow: on any day its tasks have {rate_ratio:ratio} times the chance to be done that others of their age have.",
    "list_fast": "Work in {collection_title:title} is quick: on any day its tasks have {rate_ratio:ratio} times the chance to be done that others of their age have.",
    "zombies": "{count:number} of {open:count open task is|open tasks are} older than {age_days:span}; of tasks that old {chance:percent} are done in a quarter of a year.",
    "ageing": "It is getting late for {count:count task|tasks}: between {age_days:span} and {to_days:span} old, where {chance:percent} are done in a month; of new ones it is {young_chance:percent}.",
    "moved_late": "Once its due date was moved, work is late {ratio:ratio} times as often, even by the new date: {share:percent} against {elsewhere:percent}.",
    "list_late": "Due dates in {collection_title:title} don't hold: {share:percent} of its dated tasks were late, elsewhere {elsewhere:percent}.",
    "chore_slips": "{names:named One recurring task} slips more than other recurring tasks: late {late:number} of {times:count time|times}, or {share:percent}, against {elsewhere:percent}.",
    "estimates_low": "Work takes {ratio:ratio} times as long as estimated, over {tasks:count task|tasks} (between {low:ratio} and {high:ratio} with 95 % confidence).",
    "estimates_high": "Work takes {ratio:ratio} times as long as estimated, so estimates are too high; over {tasks:count task|tasks} (between {low:ratio} and {high:ratio} with 95 % confidence).",
    "promises_kept": "Our {level:percent} came true {share:percent} of the time, n = {n:number}.",
    "promises_low": "Our {level:percent} came true only {share:percent} of the time, n = {n:number}.",
    "promises_unproven": "What our {level:percent} is worth can't be told yet: {n:number} of the {needed:number} promises it takes are over.",
    "times_unknown": "Nobody knows when {share:percent} of the finished tasks were finished ({count:number} of {total:number}); what is said about times rests on the others.",
    "created_unknown": "Nobody knows when {share:percent} of the tasks were created ({count:number} of {total:number}), so their age is unknown.",
    "impossible_times": "{count:count task was|tasks were} completed before being created, as the record has it: {share:percent} of the completions. They are left out wherever age counts.",
    "impossible_many": "{count:count task was|tasks were} completed before being created, as the record has it: {share:percent} of the completions. So nothing is said about single tasks and lists.",
    "record_ended": "Nothing is on record since {day:date}, {days:span} ago: what is called “lately” is as of that day.",
    "order_unclear": "Which of the open work is done next looks like chance in this record, so nothing is said about single tasks and lists.",
    "not_enough": "Not enough evidence yet, from {completions:count completion|completions} in {weeks:count week|weeks}, about: {missing:missing}.",
}

ACTION: Mapping[str, str] = {
    "pace_faster": "Ask what made the difference, and keep it. Plans made on the old pace are now too careful.",
    "pace_slower": "Look at what came in between. Until it is over, promise less than the half year before suggests.",
    "pace_rose": "Ask what began then, and keep it. Plans made on the pace before are now too careful.",
    "pace_fell": "Look at what began or ended then. Promise by the pace since, not by the one before.",
    "best_time": "Keep these hours free for what matters, and put meetings elsewhere.",
    "best_weekday": "Keep this day free for what matters.",
    "dip": "If this was a holiday or an illness, it says nothing about the usual pace. If it was neither, note what came before it.",
    "backlog_grows": "Take on about {net_a_week:number} tasks a week less, or let go of as many.",
    "backlog_shrinks": "There is room for something new.",
    "list_hardly_done": "Decide what this list is for: choose one task and make time for it, or delete the list and know it is no promise.",
    "list_slow": "Give this list a fixed time of the week, or make its tasks smaller.",
    "list_fast": "What works here may work for the other lists.",
    "zombies": "Go through them once: delete, hand over, or give one of them a time this week.",
    "ageing": "Pick one to do now; each week of waiting makes the others less likely.",
    "moved_late": "When a date has to move, ask first whether the task should be smaller, or not be done at all.",
    "list_late": "Set dates here later, or fewer of them.",
    "chore_slips": "Make it rarer, smaller, or tie it to something that happens anyway.",
    "estimates_low": "Multiply estimates by {ratio:ratio} before promising a date.",
    "estimates_high": "Multiply estimates by {ratio:ratio}; there is room for more.",
    "promises_kept": "Promise dates by the {level:percent}: what it is worth is known now.",
    "promises_low": "Until that mends, promise dates by the 95 %. Forecasts correct themselves by what became of earlier ones.",
    "promises_unproven": "Go on working: promises are graded when their days are over.",
    "times_unknown": "Import with dates of completion, or connect the service, and the record will know from then on.",
    "created_unknown": "Import with dates of creation, or connect the service, and the record will know from then on.",
    "impossible_times": "Check which columns were read as created and completed, and their date formats and time zone.",
    "impossible_many": "Check which columns were read as created and completed, and their date formats and time zone.",
    "record_ended": "Import a newer export, or run sync.",
    "order_unclear": "Check where the completion times came from: an import may have made them up.",
    "not_enough": "Go on working and come back then.",
}

QUESTIONS: Mapping[str, str] = {
    "pace": "changes of pace",
    "rhythm": "the best time of the week",
    "dip": "weeks unlike the others",
    "backlog": "whether work piles up",
    "lists": "which lists get done",
    "zombies": "which old tasks are beyond hope",
    "ageing": "when it gets late for a task",
    "moved": "what moving a due date does",
    "late": "which lists are late",
    "recurring": "which recurring tasks slip",
    "estimates": "how good estimates are",
    "promises": "what forecasts are worth",
    "tasks": "anything about single tasks and lists",
}

MORE: Mapping[str, tuple[str, str]] = {
    "ageing": ("half_days", " Half of the tasks that get so old are done within {half_days:span} more."),
}

NAMED: Mapping[str, str] = {
    "zombies": " The oldest: {names:titles}.",
    "ageing": " The oldest: {names:titles}.",
    "moved_late": " Moved most often: {names:titles}.",
}

SEEN = "Seen in {n:count UNIT} from {first:date} to {last:date}."
LUCK = " By luck alone, at most one history in {odds:number} would show it."

UNITS: Mapping[str, str] = {
    "pace_faster": "completion|completions",
    "pace_slower": "completion|completions",
    "pace_rose": "completion|completions",
    "pace_fell": "completion|completions",
    "best_time": "completion|completions",
    "best_weekday": "completion|completions",
    "dip": "completion|completions",
    "backlog_grows": "arrival and departure|arrivals and departures",
    "backlog_shrinks": "arrival and departure|arrivals and departures",
    "list_hardly_done": "task|tasks",
    "list_slow": "task|tasks",
    "list_fast": "task|tasks",
    "zombies": "task of that age|tasks of that age",
    "ageing": "task of that age|tasks of that age",
    "moved_late": "task with a due date|tasks with a due date",
    "list_late": "task with a due date|tasks with a due date",
    "chore_slips": "occurrence of recurring tasks|occurrences of recurring tasks",
    "estimates_low": "task with an estimate|tasks with an estimate",
    "estimates_high": "task with an estimate|tasks with an estimate",
    "promises_kept": "promise that is over|promises that are over",
    "promises_low": "promise that is over|promises that are over",
    "promises_unproven": "promise that is over|promises that are over",
    "times_unknown": "finished task|finished tasks",
    "created_unknown": "task|tasks",
    "impossible_times": "completion|completions",
    "impossible_many": "completion|completions",
    "record_ended": "task|tasks",
    "order_unclear": "completion|completions",
    "not_enough": "completion|completions",
}
