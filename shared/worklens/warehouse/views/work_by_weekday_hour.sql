-- Tasks done on each weekday (1 Monday to 7 Sunday) and hour of the person's day, where the instant is known.
SELECT completions.account, calendar.weekday, completions.done_hour AS hour, COUNT(*) AS done
FROM completions
INNER JOIN calendar ON calendar.day = completions.done_day
WHERE completions.done_hour IS NOT NULL
GROUP BY completions.account, calendar.weekday, completions.done_hour
