-- How often each level came true, over the forecasts whose days are over; those made of a past on request are left out.
SELECT
  account,
  asks,
  level,
  COUNT(*) AS n,
  COUNTIF(came_true) AS kept,
  SAFE_DIVIDE(COUNTIF(came_true), COUNT(*)) AS coverage,
  MIN(origin_day) AS first_origin,
  MAX(origin_day) AS last_origin
FROM forecast_grades
WHERE counts
GROUP BY account, asks, level
