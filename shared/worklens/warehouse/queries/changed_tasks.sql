-- Tasks known before whose state a run shows otherwise: both states in full, told apart by side.
-- Asked for a stretch of task ids at a time, from @first up to @until; '' is before all, and after all.
WITH incoming AS (
  SELECT account, task, occurrence, run, state_hash
  FROM task_states
  WHERE feed = @feed AND run = @run AND NOT removal AND task >= @first AND (@until = '' OR task < @until)
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence ORDER BY seen_at DESC, position DESC
  ) = 1
),
known AS (
  SELECT account, task, occurrence, run, state_hash
  FROM settled_states
  WHERE feed = @feed AND run < @run AND task >= @first AND (@until = '' OR task < @until)
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence ORDER BY run DESC, seen_at DESC, position DESC
  ) = 1
),
pairs AS (
  SELECT
    incoming.account AS account,
    incoming.task AS task,
    incoming.occurrence AS occurrence,
    known.run AS before_run,
    known.state_hash AS before_hash,
    incoming.run AS after_run,
    incoming.state_hash AS after_hash
  FROM incoming
  INNER JOIN known
    ON known.account = incoming.account
    AND known.task = incoming.task
    AND known.occurrence = incoming.occurrence
  WHERE known.state_hash <> incoming.state_hash
),
wanted AS (
  SELECT 'before' AS side, account, task, occurrence, before_run AS run, before_hash AS state_hash FROM pairs
  UNION ALL
  SELECT 'after' AS side, account, task, occurrence, after_run AS run, after_hash AS state_hash FROM pairs
)
SELECT
  wanted.side,
  task_states.*
FROM wanted
INNER JOIN task_states
  ON task_states.account = wanted.account
  AND task_states.task = wanted.task
  AND task_states.occurrence = wanted.occurrence
  AND task_states.run = wanted.run
  AND task_states.state_hash = wanted.state_hash
WHERE task_states.task >= @first AND (@until = '' OR task_states.task < @until)
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY wanted.account, wanted.task, wanted.occurrence, wanted.side
  ORDER BY task_states.seen_at DESC, task_states.position DESC
) = 1
