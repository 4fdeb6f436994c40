-- How many records each feed holds in quarantine, by reason, the most frequent first.
WITH withdrawn AS (
  SELECT DISTINCT feed, run FROM sync_runs WHERE status = 'withdrawn'
),
held AS (
  SELECT quarantine.feed, quarantine.quarantine_id, MIN(quarantine.reason) AS reason, MIN(quarantine.params) AS params
  FROM quarantine
  LEFT JOIN withdrawn ON withdrawn.feed = quarantine.feed AND withdrawn.run = quarantine.run
  WHERE withdrawn.run IS NULL
  GROUP BY quarantine.feed, quarantine.quarantine_id
  HAVING LOGICAL_AND(quarantine.status = 'held')
)
SELECT feed AS account, reason, MIN(params) AS params, COUNT(*) AS records
FROM held
GROUP BY feed, reason
ORDER BY account, records DESC, reason
