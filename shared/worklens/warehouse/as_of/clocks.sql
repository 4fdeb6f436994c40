-- Now is @as_of, or the last look where that was before it.
WITH newest AS (
  SELECT feed, LEAST(now_at, CAST(@as_of AS TIMESTAMP)) AS now_at FROM clocks
)
SELECT
  newest.feed,
  newest.now_at,
  DATE(TIMESTAMP_ADD(newest.now_at, INTERVAL COALESCE(zone.offset_seconds, 0) SECOND)) AS now_day
FROM newest
LEFT JOIN latest_zones AS zone
  ON zone.feed = newest.feed AND zone.starts_at <= newest.now_at AND newest.now_at < zone.ends_at
