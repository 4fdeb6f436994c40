-- Each UTC day with the periods that touch it, so that an instant finds its offset from UTC by an equality first.
-- Periods lie within the years of the calendar; outside them a person's day is the day in UTC.
-- The days are counted out, not looked up in the calendar: there each would be held against each period.
SELECT latest_zones.feed, day, latest_zones.starts_at, latest_zones.ends_at, latest_zones.offset_seconds
FROM latest_zones
CROSS JOIN
  UNNEST(GENERATE_DATE_ARRAY(DATE(latest_zones.starts_at), DATE(latest_zones.ends_at), INTERVAL 1 DAY)) AS day
