-- The full states of the runs that count, as appended: a state delivered twice is here twice.
-- A row that says only "gone" is left out: settling appends the full state, with its deletion, in the same run.
SELECT task_states.*
FROM task_states
INNER JOIN settled_runs ON settled_runs.feed = task_states.feed AND settled_runs.run = task_states.run
WHERE NOT task_states.removal
