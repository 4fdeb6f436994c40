-- The periods of the newest word on where the person lived, each once.
SELECT *
FROM zones
QUALIFY
  version = MAX(version) OVER (PARTITION BY feed)
  AND ROW_NUMBER() OVER (PARTITION BY feed, starts_at ORDER BY version DESC) = 1
