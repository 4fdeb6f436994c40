-- Every open task as last seen, as current_tasks has it.
SELECT *
FROM current_tasks
WHERE status = 'open'
