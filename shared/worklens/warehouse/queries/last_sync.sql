-- When a feed was last looked at by a sync that came through; an import tells of its file's time, and is left out.
SELECT MAX(seen_at) AS seen_at
FROM settled_runs
WHERE feed = @feed AND NOT STARTS_WITH(run_window, 'import-')
