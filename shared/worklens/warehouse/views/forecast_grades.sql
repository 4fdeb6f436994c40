-- What came of each forecast, as known now. Of several answers to one question on a day the first one counts.
-- A level is due when its days are over, whether it came true before or not: counting what came true as soon as it does
-- would flatter the record, since what is late is known late. A list of which no day was promised was promised nothing.
WITH first_told AS (
  SELECT *
  FROM forecast_ledger
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, question, origin_day, CAST(ROUND(10000 * level) AS INT64)
    ORDER BY hindsight, seen_at, forecast_id
  ) = 1
),
told AS (
  SELECT
    first_told.*,
    COALESCE(first_told.collection, '') AS subject,
    record_ends.last_day,
    DATE_DIFF(record_ends.last_day, first_told.origin_day, DAY) + 1 AS days_seen,
    CASE
      WHEN first_told.kind = 'how_many' THEN first_told.amount
      ELSE CAST(ROUND(COALESCE(first_told.value, 365)) AS INT64)
    END AS due_in
  FROM first_told
  LEFT JOIN record_ends ON record_ends.account = first_told.account
),
asked AS (
  SELECT DISTINCT account, subject, kind, amount, origin_day FROM told
),
spoken_of AS (
  SELECT DISTINCT account, subject FROM asked
),
subjects AS (
  SELECT
    flow_by_list.account,
    '' AS subject,
    flow_by_list.day,
    flow_by_list.done,
    flow_by_list.arrived - flow_by_list.gone AS net
  FROM flow_by_list
  INNER JOIN spoken_of ON spoken_of.account = flow_by_list.account AND spoken_of.subject = ''
  UNION ALL
  SELECT
    flow_by_list.account,
    flow_by_list.collection AS subject,
    flow_by_list.day,
    flow_by_list.done,
    flow_by_list.arrived - flow_by_list.gone AS net
  FROM flow_by_list
  INNER JOIN spoken_of ON spoken_of.account = flow_by_list.account AND spoken_of.subject = flow_by_list.collection
  WHERE flow_by_list.collection != ''
  UNION ALL
  -- Days on which somebody wants to know where things stood.
  SELECT account, subject, DATE_SUB(origin_day, INTERVAL 1 DAY) AS day, 0 AS done, 0 AS net FROM asked
  UNION ALL
  SELECT account, subject, origin_day AS day, 0 AS done, 0 AS net FROM asked
  UNION ALL
  SELECT account, subject, DATE_ADD(origin_day, INTERVAL (amount - 1) DAY) AS day, 0 AS done, 0 AS net
  FROM asked
  WHERE kind = 'how_many'
),
days AS (
  SELECT account, subject, day, SUM(done) AS done, SUM(net) AS net FROM subjects GROUP BY account, subject, day
),
standing AS (
  SELECT
    account,
    subject,
    day,
    done,
    SUM(done) OVER (
      PARTITION BY account, subject ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS done_by,
    SUM(net) OVER (
      PARTITION BY account, subject ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS open
  FROM days
),
emptying AS (
  SELECT
    account,
    subject,
    day,
    MIN(IF(open <= 0, day, NULL)) OVER (
      PARTITION BY account, subject ORDER BY day ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
    ) AS empty_day
  FROM standing
),
truths AS (
  SELECT
    asked.account,
    asked.subject,
    asked.kind,
    asked.amount,
    asked.origin_day,
    IF(asked.kind = 'how_many', later.done_by - before.done_by, NULL) AS count_done,
    CASE asked.kind
      WHEN 'when' THEN reached.day
      WHEN 'emptied' THEN emptying.empty_day
    END AS came_day
  FROM asked
  INNER JOIN standing AS before
    ON before.account = asked.account
    AND before.subject = asked.subject
    AND before.day = DATE_SUB(asked.origin_day, INTERVAL 1 DAY)
  INNER JOIN emptying
    ON emptying.account = asked.account
    AND emptying.subject = asked.subject
    AND emptying.day = asked.origin_day
  LEFT JOIN standing AS later
    ON later.account = asked.account
    AND later.subject = asked.subject
    AND later.day = DATE_ADD(asked.origin_day, INTERVAL (asked.amount - 1) DAY)
  LEFT JOIN standing AS reached
    ON reached.account = asked.account
    AND reached.subject = asked.subject
    AND asked.kind = 'when'
    AND reached.done_by >= before.done_by + asked.amount
    AND reached.done_by - reached.done < before.done_by + asked.amount
),
known AS (
  SELECT
    told.*,
    IF(
      truths.came_day <= told.last_day AND DATE_DIFF(truths.came_day, told.origin_day, DAY) < 365,
      truths.came_day,
      NULL
    ) AS came_day,
    IF(told.days_seen >= told.due_in, truths.count_done, NULL) AS count_done
  FROM told
  LEFT JOIN truths
    ON truths.account = told.account
    AND truths.subject = told.subject
    AND truths.kind = told.kind
    AND truths.amount = told.amount
    AND truths.origin_day = told.origin_day
)
SELECT
  forecast_id,
  account,
  collection,
  asks,
  kind,
  amount,
  question,
  origin_day,
  seen_at,
  model,
  version,
  level,
  value,
  DATE_ADD(origin_day, INTERVAL (due_in - 1) DAY) AS due_day,
  hindsight,
  CASE
    WHEN kind = 'how_many' THEN count_done
    ELSE DATE_DIFF(came_day, origin_day, DAY) + 1
  END AS truth,
  CASE
    WHEN kind = 'emptied' AND value IS NULL THEN NULL
    WHEN kind = 'how_many' THEN count_done >= value
    WHEN came_day IS NOT NULL THEN value IS NULL OR DATE_DIFF(came_day, origin_day, DAY) + 1 <= value
    WHEN days_seen >= due_in THEN FALSE
  END AS came_true,
  COALESCE(days_seen >= due_in, FALSE) AND NOT hindsight AND NOT (kind = 'emptied' AND value IS NULL) AS counts
FROM known
