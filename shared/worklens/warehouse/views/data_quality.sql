-- How far each feed's record can be trusted: fresh, complete, readable, in time.
WITH feeds AS (
  SELECT DISTINCT feed FROM (SELECT feed FROM sync_runs UNION ALL SELECT feed FROM quarantine)
),
looks AS (
  SELECT feed, MAX(seen_at) AS last_seen_at, COUNT(*) AS runs, SUM(records) AS records
  FROM settled_runs
  GROUP BY feed
),
withdrawn AS (
  SELECT DISTINCT feed, run FROM sync_runs WHERE status = 'withdrawn'
),
held AS (
  SELECT quarantine.feed, quarantine.quarantine_id
  FROM quarantine
  LEFT JOIN withdrawn ON withdrawn.feed = quarantine.feed AND withdrawn.run = quarantine.run
  WHERE withdrawn.run IS NULL
  GROUP BY quarantine.feed, quarantine.quarantine_id
  HAVING LOGICAL_AND(quarantine.status = 'held')
),
quarantined AS (
  SELECT feed, COUNT(*) AS records FROM held GROUP BY feed
),
done AS (
  SELECT feed, COUNT(*) AS tasks, COUNTIF(completed_precision = 'instant') AS timed
  FROM completions
  GROUP BY feed
),
waiting AS (
  SELECT feed, COUNT(*) AS tasks, COUNTIF(created_at IS NULL) AS undated
  FROM latest_states
  WHERE deleted_at IS NULL AND completed_at IS NULL AND closed_at IS NULL
  GROUP BY feed
),
heard AS (
  -- A date is over a day after its midnight, so it is late a day after that.
  SELECT
    feed,
    COUNT(*) AS events,
    COUNTIF(
      precision IN ('instant', 'day')
      AND UNIX_SECONDS(seen_at) - UNIX_SECONDS(happened_at) > IF(precision = 'day', 172800, 86400)
    ) AS late
  FROM known_events
  GROUP BY feed
)
SELECT
  feeds.feed AS account,
  looks.last_seen_at,
  COALESCE(looks.runs, 0) AS runs,
  COALESCE(looks.records, 0) AS records,
  COALESCE(quarantined.records, 0) AS quarantined,
  SAFE_DIVIDE(done.timed, done.tasks) AS instant_share,
  SAFE_DIVIDE(waiting.undated, waiting.tasks) AS undated_share,
  COALESCE(heard.events, 0) AS events,
  COALESCE(heard.late, 0) AS late_events
FROM feeds
LEFT JOIN looks ON looks.feed = feeds.feed
LEFT JOIN quarantined ON quarantined.feed = feeds.feed
LEFT JOIN done ON done.feed = feeds.feed
LEFT JOIN waiting ON waiting.feed = feeds.feed
LEFT JOIN heard ON heard.feed = feeds.feed
