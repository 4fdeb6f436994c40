-- What was promised for the next so many days (@amount) of all of each account's work, by origin day (days since 1970) and level.
SELECT account, UNIX_DATE(origin_day) AS day, level, value, seen_at
FROM forecast_ledger
WHERE
  feed = @feed
  AND kind = 'how_many'
  AND amount = @amount
  AND collection IS NULL
  AND NOT hindsight
  AND UNIX_DATE(origin_day) >= @since
ORDER BY account, origin_day, seen_at, forecast_id
