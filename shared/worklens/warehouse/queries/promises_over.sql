-- What became of a feed's promises of 85 %, by account and 28 days (counted from 1970-01-01), days as days since 1970;
-- and how many of them were over in the last week of the account's record only.
SELECT
  grades.account,
  DIV(UNIX_DATE(grades.origin_day), 28) AS block,
  MIN(UNIX_DATE(grades.origin_day)) AS first_day,
  MAX(UNIX_DATE(grades.origin_day)) AS last_day,
  COUNT(*) AS n,
  COUNTIF(grades.came_true) AS kept,
  COUNTIF(grades.due_day > DATE_SUB(record_ends.last_day, INTERVAL 7 DAY)) AS lately
FROM forecast_grades AS grades
INNER JOIN record_ends ON record_ends.account = grades.account
WHERE
  record_ends.feed = @feed
  AND grades.counts
  AND CAST(ROUND(10000 * grades.level) AS INT64) = 8500
GROUP BY grades.account, DIV(UNIX_DATE(grades.origin_day), 28)
ORDER BY grades.account, block
