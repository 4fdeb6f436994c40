-- The newest run of a feed that counts, and how many up to it were withdrawn: what a forecast stands on.
WITH newest AS (
  SELECT feed, MAX(run) AS run FROM settled_runs WHERE feed = @feed GROUP BY feed
),
gone AS (
  SELECT DISTINCT feed, run FROM sync_runs WHERE feed = @feed AND status = 'withdrawn'
)
SELECT newest.run, COUNT(gone.run) AS withdrawn
FROM newest
LEFT JOIN gone ON gone.feed = newest.feed AND gone.run <= newest.run
GROUP BY newest.run
