-- The links whose newer task was there by @as_of: before that the older one is counted as ever.
SELECT *
FROM latest_links
WHERE since_at <= @as_of
