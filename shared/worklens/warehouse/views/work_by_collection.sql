-- Tasks done in each list or project, a week; only weeks in which there were any.
SELECT
  completions.account,
  COALESCE(calendar.week, completions.done_day) AS week,
  completions.collection,
  latest_collections.title AS collection_title,
  COUNT(*) AS done
FROM completions
LEFT JOIN calendar ON calendar.day = completions.done_day
LEFT JOIN latest_collections
  ON latest_collections.account = completions.account AND latest_collections.collection = completions.collection
GROUP BY
  completions.account,
  COALESCE(calendar.week, completions.done_day),
  completions.collection,
  latest_collections.title
