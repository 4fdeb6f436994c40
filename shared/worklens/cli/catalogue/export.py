"""What `worklens export` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "not-a-folder": ("{path} is a file. Name a folder.", "{path} 是文件，请指定文件夹。"),
    "column-parquet": ("file", "文件"),
    "column-rows": ("rows", "行"),
    "exported": (
        "Written to {path}. These files hold titles and notes; `worklens forget` doesn't reach them.",
        "已写入 {path}。这些文件含有标题和备注，`worklens forget` 不会删除它们。",
    ),
}
