-- The events of the tasks that a run shows for the first time, as rows of task_events: there may be hundreds of thousands.
-- A task was created, perhaps started, perhaps reviewed, perhaps done (or closed), perhaps deleted. Where nobody says when it came to be,
-- it was there by the first thing known of it. What the source told itself of a kind is not told besides. Keys are made as stages/settling.py makes them.
WITH incoming AS (
  SELECT
    account,
    task,
    occurrence,
    state_hash,
    seen_at,
    created_at,
    created_precision,
    started_at,
    started_precision,
    reviewed_at,
    reviewed_precision,
    -- 1970 is what was over at a time of which nothing is known: that came before it was seen.
    COALESCE(completed_at, IF(UNIX_SECONDS(closed_at) = 0, seen_at, closed_at)) AS over_at,
    CASE
      WHEN completed_at IS NOT NULL THEN completed_precision
      WHEN UNIX_SECONDS(closed_at) = 0 THEN 'seen'
      ELSE 'unknown'
    END AS over_precision,
    IF(completed_at IS NULL, 'closed', 'completed') AS ending,
    IF(deleted_precision = 'unknown' AND UNIX_SECONDS(deleted_at) = 0, seen_at, deleted_at) AS deleted_at,
    IF(deleted_precision = 'unknown' AND UNIX_SECONDS(deleted_at) = 0, 'seen', deleted_precision) AS deleted_precision
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
),
fresh AS (
  SELECT
    incoming.*,
    CONCAT(CAST(CAST(@run AS INT64) AS STRING), '-', incoming.state_hash) AS state
  FROM incoming
  LEFT JOIN known
    ON known.account = incoming.account
    AND known.task = incoming.task
    AND known.occurrence = incoming.occurrence
  WHERE known.task IS NULL
),
events AS (
  SELECT
    account,
    task,
    occurrence,
    'created' AS kind,
    COALESCE(
      created_at,
      LEAST(
        seen_at,
        COALESCE(started_at, seen_at),
        COALESCE(reviewed_at, seen_at),
        COALESCE(over_at, seen_at),
        COALESCE(deleted_at, seen_at)
      )
    ) AS happened_at,
    IF(created_at IS NULL, 'seen', created_precision) AS precision,
    seen_at,
    state
  FROM fresh
  UNION ALL
  SELECT account, task, occurrence, 'started', started_at, started_precision, seen_at, state
  FROM fresh
  WHERE started_at IS NOT NULL
  UNION ALL
  SELECT account, task, occurrence, 'reviewed', reviewed_at, reviewed_precision, seen_at, state
  FROM fresh
  WHERE reviewed_at IS NOT NULL
  UNION ALL
  SELECT account, task, occurrence, ending, over_at, over_precision, seen_at, state
  FROM fresh
  WHERE over_at IS NOT NULL
  UNION ALL
  SELECT account, task, occurrence, 'deleted', deleted_at, deleted_precision, seen_at, state
  FROM fresh
  WHERE deleted_at IS NOT NULL
),
told AS (
  SELECT DISTINCT account, task, occurrence, kind
  FROM task_events
  WHERE feed = @feed AND run = @run AND state = ''
)
SELECT
  CONCAT(events.kind, '::', events.state) AS event_id,
  CAST(@feed AS STRING) AS feed,
  events.account,
  events.task,
  events.occurrence,
  CAST(@run AS INT64) AS run,
  events.kind,
  events.happened_at,
  events.precision,
  events.seen_at,
  events.state
FROM events
LEFT JOIN told
  ON told.account = events.account
  AND told.task = events.task
  AND told.occurrence = events.occurrence
  AND told.kind = events.kind
WHERE told.kind IS NULL
