-- The newest state of each task, and when the task was first seen.
-- A closing has no precision of its own: where it is the date of the start or creation, it is a date as well.
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
