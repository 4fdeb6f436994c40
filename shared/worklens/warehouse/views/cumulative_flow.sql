-- All that had come, been done and been removed by the end of each day; the gap between the lines is what was open.
SELECT
  daily_flow.account,
  daily_flow.day,
  SUM(daily_flow.arrived) OVER (
    PARTITION BY daily_flow.account ORDER BY daily_flow.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS arrived,
  SUM(daily_flow.done) OVER (
    PARTITION BY daily_flow.account ORDER BY daily_flow.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS done,
  SUM(daily_flow.removed) OVER (
    PARTITION BY daily_flow.account ORDER BY daily_flow.day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS removed,
  daily_flow.open
FROM daily_flow
