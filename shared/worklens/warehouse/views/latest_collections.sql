-- The newest word on each list or project.
SELECT collections.*
FROM collections
INNER JOIN settled_runs ON settled_runs.feed = collections.feed AND settled_runs.run = collections.run
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY collections.account, collections.collection
  ORDER BY collections.run DESC, collections.seen_at DESC, collections.position DESC
) = 1
