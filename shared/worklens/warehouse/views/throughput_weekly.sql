-- Tasks done in each week, weeks with none included, and how many of its days lie within the account's history.
-- A day outside the calendar stands for itself, so that nothing is lost.
SELECT
  throughput_daily.account,
  COALESCE(calendar.week, throughput_daily.day) AS week,
  SUM(throughput_daily.value) AS value,
  COUNT(*) AS days
FROM throughput_daily
LEFT JOIN calendar ON calendar.day = throughput_daily.day
GROUP BY throughput_daily.account, COALESCE(calendar.week, throughput_daily.day)
