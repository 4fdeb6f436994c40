-- What happened to a task, in order, each on the day of its person.
SELECT
  known_events.occurrence,
  known_events.kind,
  known_events.happened_at,
  known_events.precision,
  known_events.seen_at,
  known_events.detail,
  known_events.feed
FROM known_events
WHERE known_events.account = @account AND known_events.task = @task
ORDER BY known_events.happened_at, known_events.seen_at, known_events.event_id
