-- Of each account the open tasks that call for something most, a few of each kind.
SELECT *
FROM attention
WHERE place <= 4
