-- Each UTC day with the periods that touch it, so that an instant finds its offset from UTC by an equality first.
-- Days outside the calendar have none: there a person's day is the day in UTC.
SELECT latest_zones.feed, calendar.day, latest_zones.starts_at, latest_zones.ends_at, latest_zones.offset_seconds
FROM latest_zones
INNER JOIN calendar ON calendar.day BETWEEN DATE(latest_zones.starts_at) AND DATE(latest_zones.ends_at)
