-- A task's occurrences as last seen, the first one first.
SELECT *
FROM current_tasks
WHERE account = @account AND task = @task
ORDER BY created_at, occurrence
