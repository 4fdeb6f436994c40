-- What each feed calls now: the last time it was looked at, and the person's day then.
WITH newest AS (
  SELECT feed, MAX(seen_at) AS now_at FROM settled_runs GROUP BY feed
)
SELECT
  newest.feed,
  newest.now_at,
  DATE(TIMESTAMP_ADD(newest.now_at, INTERVAL COALESCE(zone.offset_seconds, 0) SECOND)) AS now_day
FROM newest
LEFT JOIN latest_zones AS zone
  ON zone.feed = newest.feed AND zone.starts_at <= newest.now_at AND newest.now_at < zone.ends_at
