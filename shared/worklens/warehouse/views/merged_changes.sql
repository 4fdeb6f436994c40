-- Each merged change (a pull request): how long it took from its first commit to the merge, how much of that it waited for
-- its first review, and how long the review took. It began when it was opened where no earlier commit is known.
-- A review after the merge was none. Only instants count here: a date says nothing of hours.
WITH dated AS (
  SELECT
    completions.*,
    IF(created_precision = 'instant', created_at, NULL) AS opened_at,
    IF(started_precision = 'instant', started_at, NULL) AS committed_at,
    IF(reviewed_precision = 'instant' AND reviewed_at <= completed_at, reviewed_at, NULL) AS read_at
  FROM completions
  WHERE kind = 'change' AND completed_precision = 'instant'
),
timed AS (
  SELECT
    dated.*,
    SAFE_DIVIDE(
      UNIX_SECONDS(completed_at)
      - UNIX_SECONDS(LEAST(COALESCE(committed_at, opened_at), COALESCE(opened_at, committed_at))),
      86400
    ) AS since_begun,
    SAFE_DIVIDE(UNIX_SECONDS(read_at) - UNIX_SECONDS(opened_at), 86400) AS until_read,
    SAFE_DIVIDE(UNIX_SECONDS(completed_at) - UNIX_SECONDS(read_at), 86400) AS since_read
  FROM dated
)
SELECT
  timed.account,
  timed.task,
  timed.occurrence,
  timed.collection,
  latest_collections.title AS collection_title,
  timed.done_day AS merged_day,
  IF(timed.since_begun >= 0, timed.since_begun, NULL) AS lead_days,
  IF(timed.until_read >= 0, timed.until_read, NULL) AS waiting_days,
  timed.since_read AS review_days
FROM timed
LEFT JOIN latest_collections
  ON latest_collections.account = timed.account AND latest_collections.collection = timed.collection
