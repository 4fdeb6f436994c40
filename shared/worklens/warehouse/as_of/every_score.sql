-- The scores that spoke from @as_of or before.
SELECT *
FROM every_score
WHERE seen_at <= @as_of
