-- The full states of the runs that count, each key once, with the columns of task_states.
SELECT *
FROM full_states
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY account, task, occurrence, run, state_hash ORDER BY seen_at DESC, position DESC
) = 1
