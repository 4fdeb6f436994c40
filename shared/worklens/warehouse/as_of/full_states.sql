-- The states that held by @as_of, without what came after it; a date had come when the person's day had.
-- A state that ends its task holds from that end on (the first it tells of that was not known before), any other from the
-- time it was noticed; a task's first state held before it was seen, too. So a task that was done in March and reopened in May is done as of April. A task is there
-- once it was created, or ended in spite of that; where its creation is unknown, once anything is known of it. An end of
-- which no time is known at all (1970, as it is stored) had come by the time it was noticed.
WITH told AS (
  SELECT
    full_states.*,
    CAST(@as_of AS TIMESTAMP) AS cut_at,
    TIMESTAMP_ADD(@as_of, INTERVAL COALESCE(zone.offset_seconds, 0) SECOND) AS wall_at,
    LEAST(COALESCE(full_states.updated_at, full_states.seen_at), full_states.seen_at) AS noticed_at,
    MIN(full_states.seen_at) OVER (
      PARTITION BY full_states.account, full_states.task, full_states.occurrence
    ) AS first_seen_at,
    LAG(full_states.completed_at) OVER (
      PARTITION BY full_states.account, full_states.task, full_states.occurrence
      ORDER BY full_states.run, full_states.seen_at, full_states.position
    ) AS done_before_at,
    ROW_NUMBER() OVER (
      PARTITION BY full_states.account, full_states.task, full_states.occurrence
      ORDER BY full_states.run, full_states.seen_at, full_states.position
    ) AS place
  FROM full_states
  LEFT JOIN latest_zones AS zone
    ON zone.feed = full_states.feed AND zone.starts_at <= @as_of AND @as_of < zone.ends_at
),
limited AS (
  SELECT
    told.*,
    IF(created_precision = 'day', wall_at, cut_at) AS created_limit,
    IF(started_precision = 'day', wall_at, cut_at) AS started_limit,
    IF(reviewed_precision = 'day', wall_at, cut_at) AS reviewed_limit,
    IF(completed_precision = 'day', wall_at, cut_at) AS completed_limit,
    CASE
      WHEN deleted_precision = 'unknown' AND UNIX_SECONDS(deleted_at) = 0 AND noticed_at > cut_at THEN NULL
      WHEN deleted_precision = 'day' THEN wall_at
      ELSE cut_at
    END AS deleted_limit,
    CASE
      WHEN UNIX_SECONDS(closed_at) = 0 AND noticed_at > cut_at THEN NULL
      WHEN closed_at = started_at AND started_precision = 'day' THEN wall_at
      WHEN closed_at = created_at AND created_precision = 'day' THEN wall_at
      ELSE cut_at
    END AS closed_limit
  FROM told
)
SELECT
  feed,
  account,
  task,
  occurrence,
  run,
  state_hash,
  position,
  seen_at,
  removal,
  collection,
  parent,
  title,
  notes,
  labels,
  priority,
  created_at,
  created_precision,
  IF(started_at <= started_limit, started_at, NULL) AS started_at,
  IF(started_at <= started_limit, started_precision, NULL) AS started_precision,
  due_at,
  due_precision,
  due_zone,
  IF(completed_at <= completed_limit, completed_at, NULL) AS completed_at,
  IF(completed_at <= completed_limit, completed_precision, NULL) AS completed_precision,
  IF(closed_at <= closed_limit, closed_at, NULL) AS closed_at,
  IF(deleted_at <= deleted_limit, deleted_at, NULL) AS deleted_at,
  IF(deleted_at <= deleted_limit, deleted_precision, NULL) AS deleted_precision,
  recurrence,
  estimate_seconds,
  spent_seconds,
  assignee,
  link,
  updated_at,
  IF(reviewed_at <= reviewed_limit, reviewed_at, NULL) AS reviewed_at,
  IF(reviewed_at <= reviewed_limit, reviewed_precision, NULL) AS reviewed_precision,
  kind
FROM limited
WHERE
  (
    created_at <= created_limit
    OR completed_at <= completed_limit
    OR closed_at <= closed_limit
    OR deleted_at <= deleted_limit
    OR (created_at IS NULL AND (started_at <= started_limit OR first_seen_at <= cut_at))
  )
  AND CASE
    WHEN place = 1 THEN TRUE
    WHEN deleted_at IS NOT NULL AND (completed_at IS NULL OR completed_at = done_before_at)
      THEN deleted_at <= deleted_limit
    WHEN deleted_at IS NOT NULL THEN deleted_at <= deleted_limit OR completed_at <= completed_limit
    WHEN completed_at IS NOT NULL THEN completed_at <= completed_limit
    WHEN closed_at IS NOT NULL THEN closed_at <= closed_limit
    ELSE noticed_at <= cut_at
  END
