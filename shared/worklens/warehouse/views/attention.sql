-- Each open task that was scored, with its chances and what it calls for: late (likelier than not to miss a due date that
-- is not over), else never (likelier than not undone after a year), else soon (likelier than not done within a week), else
-- wait; unknown where the evidence is too small; theirs where it is somebody else's to do, of whose issues GitHub's source takes
-- in the number alone (worklens.tasks.is_anothers): they count, and none is singled out. What recurs waits where only ages
-- were looked at: they say nothing of it. `place` counts those of an account that call for the same, the most so first.
WITH told AS (
  SELECT
    open_tasks.feed,
    open_tasks.account,
    open_tasks.task,
    open_tasks.occurrence,
    open_tasks.title,
    open_tasks.collection,
    open_tasks.collection_title,
    open_tasks.link,
    open_tasks.due_day,
    latest_scores.model,
    latest_scores.origin_day,
    latest_scores.age_days,
    latest_scores.at_risk,
    latest_scores.probability AS within_week,
    latest_scores.median_days,
    latest_scores.late,
    latest_scores.never,
    latest_scores.reasons,
    CASE
      WHEN STARTS_WITH(open_tasks.account, 'github:') AND LENGTH(open_tasks.title) < 12
        AND open_tasks.title >= '#1' AND open_tasks.title < '#:' THEN 'theirs'
      WHEN latest_scores.probability IS NULL THEN 'unknown'
      WHEN open_tasks.recurrence IS NOT NULL AND latest_scores.model = 'age-curve' THEN 'wait'
      WHEN latest_scores.late >= 0.5 AND latest_scores.late < 1 AND open_tasks.due_day IS NOT NULL THEN 'late'
      WHEN latest_scores.never >= 0.5 THEN 'never'
      WHEN latest_scores.probability >= 0.5 THEN 'soon'
      ELSE 'wait'
    END AS need
  FROM open_tasks
  INNER JOIN latest_scores
    ON latest_scores.feed = open_tasks.feed
    AND latest_scores.account = open_tasks.account
    AND latest_scores.task = open_tasks.task
    AND latest_scores.occurrence = open_tasks.occurrence
  WHERE latest_scores.horizon_days = 7
)
SELECT
  told.*,
  COUNT(*) OVER (PARTITION BY account, need) AS among,
  ROW_NUMBER() OVER (
    PARTITION BY account, need
    ORDER BY
      CASE need WHEN 'late' THEN late WHEN 'never' THEN never WHEN 'unknown' THEN at_risk ELSE within_week END DESC,
      task,
      occurrence
  ) AS place
FROM told
