"""What `worklens alerts` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "alerts-none": (
        "Nothing changed in the last year that calls for an alert.",
        "最近一年没有需要提醒的变化。",
    ),
    "alerts-topic": (
        "In a deployment alerts are on the topic {topic}: attach a subscription of your own to it.",
        "在云端部署中，提醒发布在主题 {topic} 上：请为它建立自己的订阅。",
    ),
}
