-- What one feed calls now. Of the others' runs nothing is read: a store that is clustered by feed then passes them by.
SELECT now_at, now_day
FROM clocks
WHERE feed = @feed
