-- Some of the tasks that a run shows, in order of their ids: those with a state whose hash, as good as a throw of dice, begins
-- with @mark.
SELECT DISTINCT task
FROM task_states
WHERE feed = @feed AND run = @run AND STARTS_WITH(state_hash, @mark)
ORDER BY task
