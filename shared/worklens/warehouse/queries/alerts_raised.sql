-- The alerts that were raised since an instant (seconds since 1970), each once, as it was first told, but for those of runs
-- that were withdrawn.
WITH gone AS (
  SELECT DISTINCT feed, run FROM sync_runs WHERE status = 'withdrawn'
),
raised AS (
  SELECT alerts.*
  FROM alerts
  LEFT JOIN gone ON gone.feed = alerts.feed AND gone.run = alerts.run
  WHERE gone.run IS NULL
  QUALIFY ROW_NUMBER() OVER (PARTITION BY alerts.account, alerts.alert_id ORDER BY alerts.seen_at) = 1
)
SELECT
  raised.alert_id,
  raised.account,
  raised.finding,
  raised.params,
  raised.evidence,
  raised.collection,
  latest_collections.title AS collection_title,
  raised.began_day,
  raised.seen_at
FROM raised
LEFT JOIN latest_collections
  ON latest_collections.account = raised.account AND latest_collections.collection = raised.collection
WHERE UNIX_SECONDS(raised.seen_at) >= @since
ORDER BY raised.seen_at DESC, raised.account, raised.alert_id
