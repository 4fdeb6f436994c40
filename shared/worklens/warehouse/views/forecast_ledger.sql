-- Every answer of every forecast, each once, a row a level; those made from a run that was withdrawn since are left out.
WITH gone AS (
  SELECT DISTINCT feed, run FROM sync_runs WHERE status = 'withdrawn'
),
bases AS (
  SELECT DISTINCT feed, run, withdrawn FROM forecasts
),
valid AS (
  SELECT bases.feed, bases.run, bases.withdrawn
  FROM bases
  LEFT JOIN gone ON gone.feed = bases.feed AND gone.run <= bases.run
  GROUP BY bases.feed, bases.run, bases.withdrawn
  HAVING COUNT(gone.run) <= bases.withdrawn
)
SELECT
  forecasts.*,
  CASE
    WHEN forecasts.kind = 'how_many' THEN CONCAT('how_many_', CAST(forecasts.amount AS STRING), 'd')
    WHEN forecasts.kind = 'when' THEN CONCAT('when_', CAST(forecasts.amount AS STRING))
    ELSE forecasts.kind
  END AS asks
FROM forecasts
INNER JOIN valid
  ON valid.feed = forecasts.feed AND valid.run = forecasts.run AND valid.withdrawn = forecasts.withdrawn
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY forecasts.account, forecasts.forecast_id, CAST(ROUND(10000 * forecasts.level) AS INT64)
  ORDER BY forecasts.hindsight, forecasts.seen_at, forecasts.run
) = 1
