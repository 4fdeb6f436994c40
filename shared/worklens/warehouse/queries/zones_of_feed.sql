-- The offsets in force for a feed's days, in order of time.
SELECT zone, starts_at, ends_at, offset_seconds
FROM latest_zones
WHERE feed = @feed
ORDER BY starts_at
