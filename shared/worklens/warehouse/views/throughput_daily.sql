-- Tasks done on each day, days with none included.
SELECT account, day, done AS value
FROM daily_flow
