-- Tasks known before and not deleted that a run, which listed them completely, does not show.
WITH shown AS (
  SELECT DISTINCT account, task, occurrence
  FROM task_states
  WHERE feed = @feed AND run = @run
),
known AS (
  SELECT *
  FROM settled_states
  WHERE feed = @feed AND run < @run
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence ORDER BY run DESC, seen_at DESC, position DESC
  ) = 1
)
SELECT
  known.account,
  known.task,
  known.occurrence,
  known.run,
  known.state_hash,
  known.seen_at,
  known.collection,
  known.parent,
  known.title,
  known.notes,
  known.labels,
  known.priority,
  known.created_at,
  known.created_precision,
  known.started_at,
  known.started_precision,
  known.due_at,
  known.due_precision,
  known.due_zone,
  known.completed_at,
  known.completed_precision,
  known.closed_at,
  known.deleted_at,
  known.deleted_precision,
  known.recurrence,
  known.estimate_seconds,
  known.spent_seconds,
  known.assignee,
  known.link,
  known.updated_at
FROM known
LEFT JOIN shown
  ON shown.account = known.account
  AND shown.task = known.task
  AND shown.occurrence = known.occurrence
WHERE shown.task IS NULL
  AND known.deleted_at IS NULL
  AND (@all_states OR (known.completed_at IS NULL AND known.closed_at IS NULL))
  AND (@all_collections OR known.collection IN UNNEST(@collections))
