-- Of each account the open tasks that call for something most, a few of each kind: more than are shown, for some may have been answered.
SELECT *
FROM attention
WHERE place <= 12
