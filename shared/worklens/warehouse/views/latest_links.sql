-- The pairs of tasks in two accounts that a person called one: the older, the newer, and what is known of the older.
-- Each side has rows of its own, so that what is forgotten of one account takes the link with it. A link holds while both
-- sides say so and the newer's feed has a run that counts; each task has one link to newer and one to older ones,
-- the same whoever asks.
WITH words AS (
  SELECT *
  FROM links
  QUALIFY ROW_NUMBER() OVER (
    PARTITION BY account, task, occurrence, link, side ORDER BY seen_at DESC, undone DESC
  ) = 1
),
here AS (
  SELECT DISTINCT feed FROM settled_runs
)
SELECT
  older.feed,
  older.account,
  older.task,
  older.occurrence,
  newer.feed AS into_feed,
  newer.account AS into_account,
  newer.task AS into_task,
  newer.occurrence AS into_occurrence,
  older.link,
  older.seen_at,
  older.created_at,
  older.created_precision,
  older.first_seen_at,
  newer.created_at AS since_at
FROM words AS older
INNER JOIN words AS newer ON newer.link = older.link
INNER JOIN here ON here.feed = newer.feed
WHERE older.side = 'older' AND newer.side = 'newer' AND NOT older.undone AND NOT newer.undone
QUALIFY
  ROW_NUMBER() OVER (
    PARTITION BY older.account, older.task, older.occurrence
    ORDER BY older.seen_at DESC, older.link, newer.account, newer.task, newer.occurrence
  ) = 1
  AND ROW_NUMBER() OVER (
    PARTITION BY newer.account, newer.task, newer.occurrence
    ORDER BY older.seen_at DESC, older.link, older.account, older.task, older.occurrence
  ) = 1
