-- The days of 1990 to 2060, as shared/worklens/warehouse/calendar.py has them. 1990 began with a Monday, so all is counted
-- from there, and nothing depends on what an engine calls the first day of a week.
INSERT INTO ${dataset}.calendar (day, weekday, week, month)
SELECT
  day,
  MOD(DATE_DIFF(day, DATE '1990-01-01', DAY), 7) + 1 AS weekday,
  DATE_SUB(day, INTERVAL MOD(DATE_DIFF(day, DATE '1990-01-01', DAY), 7) DAY) AS week,
  DATE_TRUNC(day, MONTH) AS month
FROM UNNEST(GENERATE_DATE_ARRAY(DATE '1990-01-01', DATE '2060-12-31')) AS day
WHERE NOT EXISTS (SELECT 1 FROM ${dataset}.calendar)
