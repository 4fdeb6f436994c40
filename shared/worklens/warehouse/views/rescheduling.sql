-- How often each task's due time was moved between two looks, and by how many days in all; only tasks that were moved.
-- To give a task its first due time is no move; to take it away and give it another is one. Recurring tasks are left
-- out: their due time moves on by itself, and nothing tells that from a move.
WITH moved AS (
  -- Most tasks never had two due times, and the steps of those needn't be looked at.
  SELECT account, task, occurrence
  FROM full_states
  GROUP BY account, task, occurrence
  HAVING MIN(due_at) < MAX(due_at)
),
last_words AS (
  SELECT
    full_states.feed,
    full_states.account,
    full_states.task,
    full_states.occurrence,
    full_states.run,
    full_states.due_at,
    full_states.due_precision,
    full_states.recurrence
  FROM full_states
  INNER JOIN moved
    ON moved.account = full_states.account
    AND moved.task = full_states.task
    AND moved.occurrence = full_states.occurrence
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY full_states.account, full_states.task, full_states.occurrence, full_states.run
    ORDER BY full_states.seen_at DESC, full_states.position DESC
  ) = 1
),
steps AS (
  SELECT
    feed,
    account,
    task,
    occurrence,
    due_at,
    due_precision,
    LAG(due_at) OVER (PARTITION BY account, task, occurrence ORDER BY run) AS before_at,
    LAG(due_precision) OVER (PARTITION BY account, task, occurrence ORDER BY run) AS before_precision
  FROM last_words
  WHERE due_at IS NOT NULL AND recurrence IS NULL
),
moves AS (
  SELECT
    steps.account,
    steps.task,
    steps.occurrence,
    DATE(TIMESTAMP_ADD(steps.before_at, INTERVAL COALESCE(earlier.offset_seconds, 0) SECOND)) AS before_day,
    DATE(TIMESTAMP_ADD(steps.due_at, INTERVAL COALESCE(later.offset_seconds, 0) SECOND)) AS after_day
  FROM steps
  LEFT JOIN zone_days AS earlier
    ON earlier.feed = steps.feed
    AND earlier.day = IF(steps.before_precision != 'day', DATE(steps.before_at), NULL)
    AND earlier.starts_at <= steps.before_at
    AND steps.before_at < earlier.ends_at
  LEFT JOIN zone_days AS later
    ON later.feed = steps.feed
    AND later.day = IF(steps.due_precision != 'day', DATE(steps.due_at), NULL)
    AND later.starts_at <= steps.due_at
    AND steps.due_at < later.ends_at
  WHERE steps.before_at != steps.due_at
)
SELECT
  account,
  task,
  occurrence,
  COUNT(*) AS times_moved,
  SUM(DATE_DIFF(after_day, before_day, DAY)) AS days_moved
FROM moves
GROUP BY account, task, occurrence
