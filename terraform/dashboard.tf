locals {
  # Each tile: what it shows, of which series, how they are put together, and by what they are told apart.
  tiles = [
    { title = "Messages waiting, by subscription", by = ["resource.label.subscription_id"], aligner = "ALIGN_MAX", reducer = "REDUCE_SUM"
    filter = "${local.one_of.waiting} AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\"" },
    { title = "Age of the oldest message (s)", by = ["resource.label.subscription_id"], aligner = "ALIGN_MAX", reducer = "REDUCE_MAX"
    filter = "${local.one_of.waiting} AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\"" },
    { title = "Dead letters, by subscription", by = ["resource.label.subscription_id"], aligner = "ALIGN_MAX", reducer = "REDUCE_SUM"
    filter = "${local.one_of.dead} AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\"" },
    { title = "Messages put aside because no one could read them", by = [], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
    filter = "${local._metric}/${local.prefix}/messages_kept\"" },
    { title = "Runs that came through to the end", by = [], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
    filter = "${local._metric}/${local.prefix}/runs_scored\"" },
    { title = "Hours since the account that has waited longest was looked at", by = [], aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX"
    filter = "${local._metric}/${local.prefix}/hours_behind\"" },
    { title = "Requests, by function and answer", by = ["resource.label.service_name", "metric.label.response_code_class"], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
    filter = local._requests },
    { title = "How long a request takes (ms, 95 of 100)", by = ["resource.label.service_name"], aligner = "ALIGN_PERCENTILE_95", reducer = "REDUCE_MAX"
    filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_latencies\" AND resource.label.service_name = ${local._these}" },
    { title = "Memory in use (share of the limit, 99 of 100)", by = ["resource.label.service_name"], aligner = "ALIGN_PERCENTILE_99", reducer = "REDUCE_MAX"
    filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/container/memory/utilizations\" AND resource.label.service_name = ${local._these}" },
    { title = "Instances", by = ["resource.label.service_name"], aligner = "ALIGN_MAX", reducer = "REDUCE_SUM"
    filter = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/container/instance_count\" AND resource.label.service_name = ${local._these}" },
    { title = "Pulls refused by the service", by = [], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
    filter = "${local._metric}/${local.prefix}/sources_refused\"" },
    { title = "Pushes refused by a function", by = [], aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM"
    filter = "${local._metric}/${local.prefix}/pushes_refused\"" },
  ]

  _charts = [
    for tile in local.tiles : {
      title = tile.title
      xyChart = {
        dataSets = [{
          plotType = "LINE"
          timeSeriesQuery = {
            timeSeriesFilter = {
              filter = tile.filter
              aggregation = {
                alignmentPeriod    = "300s"
                perSeriesAligner   = tile.aligner
                crossSeriesReducer = tile.reducer
                groupByFields      = tile.by
              }
            }
          }
        }]
      }
    }
  ]

  _complaints = {
    title     = "What the functions complain of"
    logsPanel = { filter = "${local._line} AND severity>=WARNING" }
  }
}

resource "google_monitoring_dashboard" "worklens" {
  count = (var.running ? 1 : 0)

  dashboard_json = jsonencode({
    displayName = "Worklens"
    labels      = { app = "" }
    gridLayout  = { columns = "2", widgets = concat(local._charts, [local._complaints]) }
  })

  depends_on = [google_logging_metric.counter, google_logging_metric.hours_behind]
}

# Looker Studio has no resource: its Linking API makes a report of an address. The addresses are made with the views' words
# (shared/worklens/warehouse/looker_studio.py); only where the views are is filled in here.
locals {
  looker_studio = {
    for what, urls in local._described.looker_studio : what => {
      for name, url in urls : name => replace(
        replace(url, "=PROJECT", "=${urlencode(var.project)}"),
        "=DATASET", "=${urlencode(google_bigquery_dataset.worklens.dataset_id)}"
      )
    }
  }
}
