-- The scores of the runs that count, as appended: a score delivered twice is here twice.
SELECT scores.*
FROM scores
INNER JOIN settled_runs ON settled_runs.feed = scores.feed AND settled_runs.run = scores.run
