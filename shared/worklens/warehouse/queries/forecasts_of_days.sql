-- The answers to a feed's questions on these days (days since 1970), and at how many levels each stands there.
SELECT
  account,
  question,
  UNIX_DATE(origin_day) AS day,
  forecast_id,
  COUNT(DISTINCT level) AS levels,
  LOGICAL_AND(hindsight) AS hindsight
FROM forecast_ledger
WHERE feed = @feed AND UNIX_DATE(origin_day) IN UNNEST(@days)
GROUP BY account, question, UNIX_DATE(origin_day), forecast_id
