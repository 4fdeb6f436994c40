-- Each account's newest promises about all of its work, a row a level; those made of a past on request are left out.
WITH newest AS (
  SELECT *
  FROM forecast_ledger
  WHERE collection IS NULL AND NOT hindsight
  QUALIFY origin_day = MAX(origin_day) OVER (PARTITION BY account)
)
SELECT *
FROM newest
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY account, kind, amount, CAST(ROUND(10000 * level) AS INT64) ORDER BY seen_at DESC, forecast_id
) = 1
