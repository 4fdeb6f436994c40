-- What a run brought, each key counted once.
SELECT
  (SELECT COUNT(*) FROM (
    SELECT DISTINCT account, task, occurrence, state_hash FROM task_states WHERE feed = @feed AND run = @run
  )) AS states,
  (SELECT COUNT(*) FROM (
    SELECT DISTINCT event_id FROM task_events WHERE feed = @feed AND run = @run
  )) AS events,
  (SELECT COUNT(*) FROM (
    SELECT DISTINCT quarantine_id FROM quarantine WHERE feed = @feed AND run = @run
  )) AS rejected
