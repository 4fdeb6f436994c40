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
SELECT known.*
FROM known
LEFT JOIN shown
  ON shown.account = known.account
  AND shown.task = known.task
  AND shown.occurrence = known.occurrence
WHERE shown.task IS NULL
  AND known.deleted_at IS NULL
  AND (
    (known.parent IN UNNEST(@parents) AND STARTS_WITH(known.task, CONCAT(known.parent, '/')))
    OR (
      @any_listed
      AND (@all_states OR (known.completed_at IS NULL AND known.closed_at IS NULL))
      AND (@all_collections OR known.collection IN UNNEST(@collections))
    )
  )
