-- What each done task was thought to take and what it took, where both are known.
SELECT
  account,
  task,
  occurrence,
  collection,
  done_day,
  estimate_seconds,
  spent_seconds,
  SAFE_DIVIDE(spent_seconds, estimate_seconds) AS ratio
FROM completions
WHERE estimate_seconds > 0 AND spent_seconds > 0
