-- Tasks that a run shows for the first time: narrow rows, as there may be a hundred thousand of them.
WITH incoming AS (
  SELECT *
  FROM task_states
  WHERE feed = @feed AND run = @run AND NOT removal
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence ORDER BY seen_at DESC, position DESC
  ) = 1
),
known AS (
  SELECT DISTINCT account, task, occurrence
  FROM settled_states
  WHERE feed = @feed AND run < @run
)
SELECT
  incoming.account,
  incoming.task,
  incoming.occurrence,
  incoming.state_hash,
  incoming.seen_at,
  incoming.created_at,
  incoming.created_precision,
  incoming.started_at,
  incoming.started_precision,
  incoming.completed_at,
  incoming.completed_precision,
  incoming.closed_at,
  incoming.deleted_at,
  incoming.deleted_precision
FROM incoming
LEFT JOIN known
  ON known.account = incoming.account
  AND known.task = incoming.task
  AND known.occurrence = incoming.occurrence
WHERE known.task IS NULL
