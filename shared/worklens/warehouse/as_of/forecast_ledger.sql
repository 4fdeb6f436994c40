-- The forecasts that spoke from @as_of or before.
SELECT *
FROM forecast_ledger
WHERE origin_at <= @as_of
