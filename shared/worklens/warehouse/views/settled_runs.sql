-- The runs that count: settled, and not withdrawn by an undo.
SELECT feed, run, run_id, seen_at, run_window, listed, records, rejected, states, events
FROM sync_runs
WHERE status IN ('settled', 'withdrawn')
QUALIFY
  LOGICAL_AND(status = 'settled') OVER (PARTITION BY feed, run)
  AND ROW_NUMBER() OVER (PARTITION BY feed, run ORDER BY seen_at, run_id) = 1
