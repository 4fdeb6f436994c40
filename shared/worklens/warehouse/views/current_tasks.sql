-- Every task as last seen (all but its notes), with its status, its list's title and the person's days.
-- What is over at a time of which nothing at all is known (1970, as it is stored) has no time here.
WITH tasks AS (
  SELECT
    latest_states.*,
    IF(UNIX_SECONDS(closed_at) = 0, NULL, closed_at) AS over_at,
    IF(deleted_precision = 'unknown' AND UNIX_SECONDS(deleted_at) = 0, NULL, deleted_at) AS gone_at,
    CASE
      WHEN deleted_at IS NOT NULL THEN 'deleted'
      WHEN completed_at IS NOT NULL THEN 'completed'
      WHEN closed_at IS NOT NULL THEN 'closed'
      ELSE 'open'
    END AS status
  FROM latest_states
),
placed AS (
  SELECT
    tasks.*,
    DATE(TIMESTAMP_ADD(tasks.created_at, INTERVAL COALESCE(created.offset_seconds, 0) SECOND)) AS created_day,
    DATE(TIMESTAMP_ADD(tasks.started_at, INTERVAL COALESCE(started.offset_seconds, 0) SECOND)) AS started_day,
    DATE(TIMESTAMP_ADD(tasks.due_at, INTERVAL COALESCE(due.offset_seconds, 0) SECOND)) AS due_day,
    DATE(TIMESTAMP_ADD(tasks.completed_at, INTERVAL COALESCE(completed.offset_seconds, 0) SECOND)) AS completed_day,
    DATE(TIMESTAMP_ADD(tasks.over_at, INTERVAL COALESCE(closed.offset_seconds, 0) SECOND)) AS closed_day,
    DATE(TIMESTAMP_ADD(tasks.gone_at, INTERVAL COALESCE(deleted.offset_seconds, 0) SECOND)) AS deleted_day
  FROM tasks
  LEFT JOIN zone_days AS created
    ON created.feed = tasks.feed
    AND created.day = IF(tasks.created_precision != 'day', DATE(tasks.created_at), NULL)
    AND created.starts_at <= tasks.created_at
    AND tasks.created_at < created.ends_at
  LEFT JOIN zone_days AS started
    ON started.feed = tasks.feed
    AND started.day = IF(tasks.started_precision != 'day', DATE(tasks.started_at), NULL)
    AND started.starts_at <= tasks.started_at
    AND tasks.started_at < started.ends_at
  LEFT JOIN zone_days AS due
    ON due.feed = tasks.feed
    AND due.day = IF(tasks.due_precision != 'day', DATE(tasks.due_at), NULL)
    AND due.starts_at <= tasks.due_at
    AND tasks.due_at < due.ends_at
  LEFT JOIN zone_days AS completed
    ON completed.feed = tasks.feed
    AND completed.day = IF(tasks.completed_precision != 'day', DATE(tasks.completed_at), NULL)
    AND completed.starts_at <= tasks.completed_at
    AND tasks.completed_at < completed.ends_at
  LEFT JOIN zone_days AS closed
    ON closed.feed = tasks.feed
    AND closed.day = IF(tasks.closed_precision != 'day', DATE(tasks.over_at), NULL)
    AND closed.starts_at <= tasks.over_at
    AND tasks.over_at < closed.ends_at
  LEFT JOIN zone_days AS deleted
    ON deleted.feed = tasks.feed
    AND deleted.day = IF(tasks.deleted_precision != 'day', DATE(tasks.gone_at), NULL)
    AND deleted.starts_at <= tasks.gone_at
    AND tasks.gone_at < deleted.ends_at
)
SELECT
  placed.feed,
  placed.account,
  placed.task,
  placed.occurrence,
  placed.status,
  placed.collection,
  latest_collections.title AS collection_title,
  placed.parent,
  placed.title,
  placed.labels,
  placed.priority,
  placed.created_at,
  placed.created_precision,
  placed.created_day,
  placed.started_at,
  placed.started_precision,
  placed.started_day,
  placed.reviewed_at,
  placed.reviewed_precision,
  placed.due_at,
  placed.due_precision,
  placed.due_zone,
  placed.due_day,
  placed.completed_at,
  placed.completed_precision,
  placed.completed_day,
  placed.over_at AS closed_at,
  placed.closed_precision,
  placed.closed_day,
  placed.gone_at AS deleted_at,
  placed.deleted_precision,
  placed.deleted_day,
  placed.recurrence,
  placed.estimate_seconds,
  placed.spent_seconds,
  placed.assignee,
  placed.link,
  placed.kind,
  placed.updated_at,
  CASE
    WHEN placed.status != 'open' THEN NULL
    WHEN placed.created_precision = 'day'
      THEN CAST(DATE_DIFF(clocks.now_day, placed.created_day, DAY) AS FLOAT64)
    ELSE SAFE_DIVIDE(UNIX_SECONDS(clocks.now_at) - UNIX_SECONDS(placed.created_at), 86400)
  END AS age_days,
  placed.first_seen_at,
  placed.seen_at,
  placed.run
FROM placed
INNER JOIN clocks ON clocks.feed = placed.feed
LEFT JOIN latest_collections
  ON latest_collections.account = placed.account AND latest_collections.collection = placed.collection
