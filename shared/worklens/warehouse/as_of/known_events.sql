-- The events that had happened by @as_of; a date had come when the person's day had.
SELECT known_events.*
FROM known_events
LEFT JOIN latest_zones AS zone
  ON zone.feed = known_events.feed AND zone.starts_at <= @as_of AND @as_of < zone.ends_at
WHERE known_events.happened_at <= IF(
  known_events.precision = 'day', TIMESTAMP_ADD(@as_of, INTERVAL COALESCE(zone.offset_seconds, 0) SECOND), @as_of
)
