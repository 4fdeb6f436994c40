-- Each time a due date of a feed's tasks was seen to have moved: the day it was seen on, and the days before and after, as
-- days since 1970. To be given a first date is a move from none, and to lose it one to none; both are NULL then. Recurring
-- tasks are left out: their due time moves on by itself.
WITH last_words AS (
  SELECT account, task, occurrence, run, due_at, due_precision, recurrence, seen_at
  FROM full_states
  WHERE feed = @feed
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence, run ORDER BY seen_at DESC, position DESC
  ) = 1
),
steps AS (
  SELECT
    account,
    task,
    occurrence,
    seen_at,
    due_at,
    due_precision,
    recurrence,
    LAG(due_at) OVER (PARTITION BY account, task, occurrence ORDER BY run) AS before_at,
    LAG(due_precision) OVER (PARTITION BY account, task, occurrence ORDER BY run) AS before_precision,
    LAG(run) OVER (PARTITION BY account, task, occurrence ORDER BY run) AS before_run
  FROM last_words
)
SELECT
  steps.account,
  steps.task,
  steps.occurrence,
  UNIX_DATE(DATE(TIMESTAMP_ADD(steps.seen_at, INTERVAL COALESCE(noticed.offset_seconds, 0) SECOND))) AS seen_day,
  UNIX_DATE(DATE(TIMESTAMP_ADD(steps.before_at, INTERVAL COALESCE(earlier.offset_seconds, 0) SECOND))) AS before_day,
  UNIX_DATE(DATE(TIMESTAMP_ADD(steps.due_at, INTERVAL COALESCE(later.offset_seconds, 0) SECOND))) AS after_day
FROM steps
LEFT JOIN zone_days AS noticed
  ON noticed.feed = @feed
  AND noticed.day = DATE(steps.seen_at)
  AND noticed.starts_at <= steps.seen_at
  AND steps.seen_at < noticed.ends_at
LEFT JOIN zone_days AS earlier
  ON earlier.feed = @feed
  AND earlier.day = IF(steps.before_precision != 'day', DATE(steps.before_at), NULL)
  AND earlier.starts_at <= steps.before_at
  AND steps.before_at < earlier.ends_at
LEFT JOIN zone_days AS later
  ON later.feed = @feed
  AND later.day = IF(steps.due_precision != 'day', DATE(steps.due_at), NULL)
  AND later.starts_at <= steps.due_at
  AND steps.due_at < later.ends_at
WHERE steps.before_run IS NOT NULL
  AND steps.recurrence IS NULL
  AND COALESCE(UNIX_SECONDS(steps.before_at), -1) != COALESCE(UNIX_SECONDS(steps.due_at), -1)
ORDER BY steps.account, steps.task, steps.occurrence, seen_day
