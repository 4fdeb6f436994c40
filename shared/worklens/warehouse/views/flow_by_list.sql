-- What came into each list, was done in it on a known day, and left it, day by day; days without any of these have no row.
-- A task counts in the list it is in now, and in '' where it is in none. What left was done at whatever time, deleted or closed.
WITH changes AS (
  SELECT feed, account, COALESCE(collection, '') AS collection, arrived_day AS day, 1 AS arrived, 0 AS done, 0 AS gone
  FROM task_spans
  UNION ALL
  SELECT
    feed,
    account,
    COALESCE(collection, '') AS collection,
    ended_day AS day,
    0 AS arrived,
    IF(done_precision IN ('instant', 'day'), 1, 0) AS done,
    1 AS gone
  FROM task_spans
  WHERE ended_day IS NOT NULL
)
SELECT feed, account, collection, day, SUM(arrived) AS arrived, SUM(done) AS done, SUM(gone) AS gone
FROM changes
GROUP BY feed, account, collection, day
