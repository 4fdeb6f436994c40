-- The days over which each account's record tells how many tasks were done: from the first one of a known day to the last whole day.
-- That is the day before the last look. Of a file nobody knows when its writer stopped: one that is quiet before the
-- last look for longer than ever before and more than a week, or for four weeks, ends on its last sign of life.
WITH signs AS (
  SELECT feed, account, created_day AS day
  FROM task_spans
  WHERE created_precision IN ('instant', 'day')
  UNION ALL
  SELECT feed, account, done_day AS day
  FROM task_spans
  WHERE done_precision IN ('instant', 'day')
),
days AS (
  SELECT DISTINCT signs.feed, signs.account, signs.day, clocks.now_day
  FROM signs
  INNER JOIN clocks ON clocks.feed = signs.feed
  WHERE signs.day <= clocks.now_day
),
gaps AS (
  SELECT
    feed,
    account,
    day,
    now_day,
    DATE_DIFF(day, LAG(day) OVER (PARTITION BY account ORDER BY day), DAY) AS gap
  FROM days
),
bounds AS (
  SELECT
    feed,
    account,
    MAX(now_day) AS now_day,
    MAX(day) AS last_sign,
    LEAST(GREATEST(COALESCE(MAX(gap), 0), 7), 28) AS quiet
  FROM gaps
  GROUP BY feed, account
),
looks AS (
  SELECT feed, STARTS_WITH(run_window, 'import-') AS of_file
  FROM settled_runs
  QUALIFY ROW_NUMBER() OVER (PARTITION BY feed ORDER BY seen_at DESC, run DESC) = 1
),
ended AS (
  SELECT
    bounds.feed,
    bounds.account,
    bounds.now_day,
    bounds.last_sign,
    looks.of_file AND DATE_DIFF(bounds.now_day, bounds.last_sign, DAY) > bounds.quiet AS is_over
  FROM bounds
  INNER JOIN looks ON looks.feed = bounds.feed
),
bounded AS (
  SELECT
    feed,
    account,
    is_over,
    IF(is_over, last_sign, DATE_SUB(now_day, INTERVAL 1 DAY)) AS last_day
  FROM ended
)
SELECT
  bounded.feed,
  bounded.account,
  MIN(IF(task_spans.done_precision IN ('instant', 'day'), task_spans.done_day, NULL)) AS first_day,
  bounded.last_day,
  bounded.is_over,
  COUNTIF(task_spans.done_precision IN ('instant', 'day') AND task_spans.done_day <= bounded.last_day) AS dated,
  COUNTIF(task_spans.done_precision NOT IN ('instant', 'day')) AS undated
FROM bounded
INNER JOIN task_spans ON task_spans.account = bounded.account
GROUP BY bounded.feed, bounded.account, bounded.last_day, bounded.is_over
