-- What a run can meet when it is settled: runs before it that count, the instant of the last one, how many states it shows,
-- and how often it says that a task is gone.
SELECT
  (SELECT COUNT(*) FROM settled_runs WHERE feed = @feed AND run < @run) AS earlier,
  (SELECT MAX(seen_at) FROM settled_runs WHERE feed = @feed AND run < @run) AS before_at,
  (SELECT COUNT(*) FROM task_states WHERE feed = @feed AND run = @run AND NOT removal) AS states,
  (SELECT COUNT(*) FROM task_states WHERE feed = @feed AND run = @run AND removal) AS removals
