-- Tasks of which a run said in the end only that they are gone: the fullest state known of each, in this run or before.
-- A state that was told after that goes before it; one at the removal's own position was.
WITH last_words AS (
  SELECT account, task, occurrence, deleted_at, deleted_precision, removal
  FROM task_states
  WHERE feed = @feed AND run = @run
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence ORDER BY seen_at DESC, position DESC, removal
  ) = 1
),
removed AS (
  SELECT account, task, occurrence, deleted_at, deleted_precision FROM last_words WHERE removal
),
known AS (
  SELECT *
  FROM settled_states
  WHERE feed = @feed AND run < @run
  UNION ALL
  SELECT *
  FROM task_states
  WHERE feed = @feed AND run = @run AND NOT removal
)
SELECT
  removed.deleted_at AS removed_at,
  removed.deleted_precision AS removed_precision,
  known.*
FROM removed
INNER JOIN known
  ON known.account = removed.account
  AND known.task = removed.task
  AND known.occurrence = removed.occurrence
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY known.account, known.task, known.occurrence
  ORDER BY known.run DESC, known.seen_at DESC, known.position DESC
) = 1
