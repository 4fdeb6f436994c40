-- Ids that stand more than once, with different content, in a run that was one file.
SELECT account, task, occurrence, COUNT(DISTINCT state_hash) AS versions
FROM task_states
WHERE feed = @feed AND run = @run AND NOT removal
GROUP BY account, task, occurrence
HAVING COUNT(DISTINCT state_hash) > 1
