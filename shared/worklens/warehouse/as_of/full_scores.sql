-- The scores that spoke from @as_of or before.
SELECT *
FROM full_scores
WHERE seen_at <= @as_of
