"""What `worklens disconnect` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "disconnected-given-back": (
        "{account} is disconnected: {service} has taken the consent back, and the token is gone here. What was recorded "
        "stays; to remove it too: {forget}",
        "{account} 已断开：{service} 已收回授权，此处的令牌也已删除。已有记录仍保留；如需一并删除：{forget}",
    ),
    "disconnected-here": (
        "{account} is disconnected: its {kind} is gone here. Revoke it at {service} too. What was recorded stays; to remove "
        "it too: {forget}",
        "{account} 已断开：此处的{kind}已删除，请在 {service} 也将其吊销。已有记录仍保留；如需一并删除：{forget}",
    ),
    "disconnected-local": (
        "{account} is disconnected. What was recorded stays; to remove it too: {forget}",
        "{account} 已断开。已有记录仍保留；如需一并删除：{forget}",
    ),
    "disconnected-not-connected": (
        "{account} was not connected. What was recorded stays; to remove it: {forget}",
        "{account} 本来就未连接。已有记录仍保留；如需删除：{forget}",
    ),
}
