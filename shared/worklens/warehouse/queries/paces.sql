-- A feed's work by account, list and day, up to each account's last whole day: what forecasts are made from. Days are since 1970.
-- An account of which nothing is known by then has one row without a day.
SELECT
  record_ends.account,
  UNIX_DATE(record_ends.first_day) AS first_day,
  UNIX_DATE(record_ends.last_day) AS last_day,
  record_ends.is_over,
  record_ends.undated,
  COALESCE(flow_by_list.collection, '') AS collection,
  UNIX_DATE(flow_by_list.day) AS day,
  COALESCE(flow_by_list.arrived, 0) AS arrived,
  COALESCE(flow_by_list.done, 0) AS done,
  COALESCE(flow_by_list.gone, 0) AS gone
FROM record_ends
LEFT JOIN flow_by_list
  ON flow_by_list.account = record_ends.account AND flow_by_list.day <= record_ends.last_day
WHERE record_ends.feed = @feed
ORDER BY record_ends.account, COALESCE(flow_by_list.collection, ''), flow_by_list.day
