-- The first day that any of a feed's forecasts speaks of, as days since 1970; NULL where there is none.
SELECT MIN(UNIX_DATE(origin_day)) AS day FROM forecast_ledger WHERE feed = @feed
