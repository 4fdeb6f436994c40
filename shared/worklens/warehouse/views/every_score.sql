-- Every score of the runs that count, each once.
SELECT scores.*
FROM scores
INNER JOIN settled_runs ON settled_runs.feed = scores.feed AND settled_runs.run = scores.run
QUALIFY ROW_NUMBER() OVER (
  PARTITION BY scores.account, scores.task, scores.occurrence, scores.run, scores.model, scores.version,
    scores.horizon_days
  ORDER BY scores.seen_at
) = 1
