-- The changes merged into each collection in each week, and the medians of how long they took: all in all, waiting for the
-- first review, and in review. A change that nobody reviewed counts in the first alone.
WITH placed AS (
  SELECT
    merged_changes.*,
    COALESCE(calendar.week, merged_changes.merged_day) AS week
  FROM merged_changes
  LEFT JOIN calendar ON calendar.day = merged_changes.merged_day
)
SELECT DISTINCT
  account,
  week,
  collection,
  collection_title,
  COUNT(*) OVER (PARTITION BY account, collection, week) AS merged,
  COUNT(review_days) OVER (PARTITION BY account, collection, week) AS reviewed,
  PERCENTILE_CONT(lead_days, 0.5) OVER (PARTITION BY account, collection, week) AS lead_days,
  PERCENTILE_CONT(waiting_days, 0.5) OVER (PARTITION BY account, collection, week) AS waiting_days,
  PERCENTILE_CONT(review_days, 0.5) OVER (PARTITION BY account, collection, week) AS review_days
FROM placed
