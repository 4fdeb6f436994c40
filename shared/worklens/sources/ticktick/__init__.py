"""TickTick and Dida365, which are one service under two names, with accounts of their own."""
