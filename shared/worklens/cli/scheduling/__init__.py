"""Keeping a laptop current: one job a day, by whichever of systemd, launchd and cron is there."""
