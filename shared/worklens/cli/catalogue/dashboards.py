"""What `worklens dashboards` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "dashboards-local": (
        "Looker Studio reads a deployment's BigQuery, not this machine: name its project with --project. "
        "For Tableau on this machine: --tableau DIR.",
        "Looker Studio 读取的是部署在 BigQuery 中的数据，而不是本机：请用 --project 指定项目。"
        "若要在本机使用 Tableau：--tableau 文件夹。",
    ),
    "dashboards-place": (
        "{project} and {dataset} are no project and data set of Google Cloud's. A project is such as my-project, a data "
        "set such as worklens.",
        "{project} 和 {dataset} 不是 Google Cloud 的项目和数据集名称。项目形如 my-project，数据集形如 worklens。",
    ),
    "dashboards-addresses": (
        "Each opens a new report in Looker Studio on {project}.{dataset}, as whoever opens it: they need to read the data set.",
        "每个地址会以打开者的身份在 Looker Studio 中新建一个基于 {project}.{dataset} 的报告：打开者须有读取该数据集的权限。",
    ),
    "dashboards-bigquery": (
        "{n} data sources written to {path}. Open one in Tableau, and sign in to Google there.",
        "已将 {n} 个数据源写入 {path}。请在 Tableau 中打开，并登录 Google。",
    ),
    "dashboards-files": (
        "{n} data sources and their rows written to {path}. They hold titles; `worklens forget` doesn't reach them.",
        "已将 {n} 个数据源及其数据写入 {path}。其中含有标题，`worklens forget` 不会删除它们。",
    ),
}
