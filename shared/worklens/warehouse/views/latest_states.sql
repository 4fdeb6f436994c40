-- The newest state of each task, and when the task was first seen; of two that a person linked, the newer one for both.
-- A closing has no precision of its own: where it is the date of the start or creation, it is a date as well.
-- A task that was moved here from another account was created when the older one was.
WITH newest AS (
  SELECT
    *,
    CASE
      WHEN closed_at IS NULL THEN NULL
      WHEN closed_at = started_at THEN started_precision
      WHEN closed_at = created_at THEN created_precision
      ELSE 'unknown'
    END AS closed_precision,
    LAST_VALUE(seen_at) OVER (
      PARTITION BY account, task, occurrence ORDER BY run DESC, seen_at DESC, position DESC
      ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ) AS first_seen_at
  FROM full_states
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence ORDER BY run DESC, seen_at DESC, position DESC
  ) = 1
)
SELECT
  newest.feed,
  newest.account,
  newest.task,
  newest.occurrence,
  newest.run,
  newest.state_hash,
  newest.position,
  newest.seen_at,
  newest.removal,
  newest.collection,
  newest.parent,
  newest.title,
  newest.notes,
  newest.labels,
  newest.priority,
  IF(older.created_at < COALESCE(newest.created_at, newest.first_seen_at), older.created_at, newest.created_at)
    AS created_at,
  IF(
    older.created_at < COALESCE(newest.created_at, newest.first_seen_at),
    older.created_precision,
    newest.created_precision
  ) AS created_precision,
  newest.started_at,
  newest.started_precision,
  newest.due_at,
  newest.due_precision,
  newest.due_zone,
  newest.completed_at,
  newest.completed_precision,
  newest.closed_at,
  newest.deleted_at,
  newest.deleted_precision,
  newest.recurrence,
  newest.estimate_seconds,
  newest.spent_seconds,
  newest.assignee,
  newest.link,
  newest.updated_at,
  newest.reviewed_at,
  newest.reviewed_precision,
  newest.kind,
  newest.closed_precision,
  LEAST(newest.first_seen_at, COALESCE(older.first_seen_at, newest.first_seen_at)) AS first_seen_at
FROM newest
LEFT JOIN latest_links AS older
  ON older.into_account = newest.account
  AND older.into_task = newest.task
  AND older.into_occurrence = newest.occurrence
LEFT JOIN latest_links AS gone
  ON gone.account = newest.account AND gone.task = newest.task AND gone.occurrence = newest.occurrence
WHERE gone.task IS NULL
