# What is measured beyond what Google measures by itself, and when a person is told. Google charges each condition and
# each point it reads (2026: 0.10 $ a condition and month, 0.35 $ a million points, one each 30 s), so there is one
# condition a question, over all stages at once, reduced to one series; the dashboard shows which stage it is.
locals {
  _subscriptions = [for name in keys(local.topology.subscriptions) : "${local.prefix}-${name}"]
  _dead          = [for name in local._subscriptions : "${name}${local.topology.delivery.dead_letter_suffix}"]
  _these         = "monitoring.regex.full_match(\"${local.prefix}-.*\")"
  _requests      = "resource.type = \"cloud_run_revision\" AND metric.type = \"run.googleapis.com/request_count\" AND resource.label.service_name = ${local._these}"
  _line          = "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=~\"^${local.prefix}-\""
  _metric        = "resource.type = \"cloud_run_revision\" AND metric.type = \"logging.googleapis.com/user"

  one_of = {
    dead    = "resource.type = \"pubsub_subscription\" AND resource.label.subscription_id = one_of(\"${join("\", \"", local._dead)}\")"
    waiting = "resource.type = \"pubsub_subscription\" AND resource.label.subscription_id = one_of(\"${join("\", \"", local._subscriptions)}\")"
  }
}

# ----- What the functions' lines tell (shared/worklens/logs.py writes them) -----

locals {
  counters = {
    runs_scored = {
      says   = "Runs that came through to the end: fetched, settled and scored"
      filter = "jsonPayload.message=\"done\" AND jsonPayload.kind=\"tasks-changed\""
    }
    messages_kept = {
      says   = "Messages that no function could read, kept with their reason"
      filter = "jsonPayload.message=\"kept\""
    }
    sources_refused = {
      says   = "Pulls that the service refused, such as for a token taken back"
      filter = "jsonPayload.message=\"source-refused\""
    }
    pushes_refused = {
      says   = "Pushes that were not let in, though the platform had let them pass"
      filter = "jsonPayload.message=\"push-refused\""
    }
  }
}

resource "google_logging_metric" "counter" {
  for_each    = (var.running ? local.counters : {})
  name        = "${local.prefix}/${each.key}"
  description = each.value.says
  filter      = "${local._line} AND ${each.value.filter}"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    unit        = "1"
  }

  depends_on = [google_project_service.this]
}

resource "google_logging_metric" "hours_behind" {
  count           = (var.running ? 1 : 0)
  name            = "${local.prefix}/hours_behind"
  description     = "Hours since an account's last sync that came through, told by learn each night"
  filter          = "${local._line} AND jsonPayload.message=\"freshness\""
  value_extractor = "EXTRACT(jsonPayload.hours)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "h"
  }

  # A percentile is read off within a bucket, so the limit of the alert is a bound.
  bucket_options {
    explicit_buckets {
      bounds = [0, 1, 2, 3, 6, 12, 24, 30, 48, 96, 168, 336]
    }
  }

  depends_on = [google_project_service.this]
}

# ----- When a person is told -----

resource "google_monitoring_notification_channel" "mail" {
  display_name = "Worklens: ${var.alert_email}"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.this]
}

locals {
  # By name: its playbook is docs/operations/NAME.md, which the mail carries whole.
  alerts = {
    backlog = {
      title      = "A message waits for more than two hours"
      filter     = "${local.one_of.waiting} AND metric.type = \"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      aligner    = "ALIGN_MAX"
      reducer    = "REDUCE_MAX"
      period     = 300
      comparison = "COMPARISON_GT"
      threshold  = 7200
      duration   = 600
    }
    dead-letters = {
      title      = "A message could not be worked off and waits in a dead-letter subscription"
      filter     = "${local.one_of.dead} AND metric.type = \"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      aligner    = "ALIGN_MAX"
      reducer    = "REDUCE_SUM"
      period     = 300
      comparison = "COMPARISON_GT"
      threshold  = 0
      duration   = 0
    }
    errors = {
      title       = "More than a quarter of all requests fail"
      filter      = "${local._requests} AND metric.label.response_code_class = \"5xx\""
      denominator = local._requests
      aligner     = "ALIGN_DELTA"
      reducer     = "REDUCE_SUM"
      period      = 3600
      comparison  = "COMPARISON_GT"
      threshold   = 0.25
      duration    = 1800
    }
    freshness = {
      title      = "An account has not been looked at for 30 hours"
      filter     = "${local._metric}/${local.prefix}/hours_behind\""
      aligner    = "ALIGN_PERCENTILE_99"
      reducer    = "REDUCE_MAX"
      period     = 7200
      comparison = "COMPARISON_GT"
      threshold  = 30
      duration   = 0
    }
    kept-messages = {
      title      = "A message could not be read and was put aside"
      filter     = "${local._metric}/${local.prefix}/messages_kept\""
      aligner    = "ALIGN_DELTA"
      reducer    = "REDUCE_SUM"
      period     = 300
      comparison = "COMPARISON_GT"
      threshold  = 0
      duration   = 0
    }
    # Both "no point" and "a point that says 0" are silence; a condition on absence knows the first alone.
    no-sync = {
      title      = "No sync of any account came through to the end for a day"
      filter     = "${local._metric}/${local.prefix}/runs_scored\""
      aligner    = "ALIGN_DELTA"
      reducer    = "REDUCE_SUM"
      period     = 86400 # 25 hours are the most that an alert can look back
      comparison = "COMPARISON_LT"
      threshold  = 1
      duration   = 3600
      missing    = "EVALUATION_MISSING_DATA_ACTIVE"
    }
  }
}

resource "google_monitoring_alert_policy" "this" {
  for_each              = (var.running ? local.alerts : {})
  display_name          = "Worklens: ${each.key}"
  combiner              = "OR"
  severity              = (each.key == "backlog" ? "WARNING" : "ERROR")
  notification_channels = [google_monitoring_notification_channel.mail.id]
  user_labels           = local.labels

  documentation {
    subject   = "Worklens in ${var.project}: ${each.value.title}"
    mime_type = "text/markdown"
    content   = file("${path.module}/../docs/operations/${each.key}.md")
  }

  conditions {
    display_name = each.value.title

    condition_threshold {
      filter                  = each.value.filter
      comparison              = each.value.comparison
      threshold_value         = each.value.threshold
      duration                = "${each.value.duration}s"
      evaluation_missing_data = try(each.value.missing, null)
      denominator_filter      = try(each.value.denominator, null)

      aggregations {
        alignment_period     = "${each.value.period}s"
        per_series_aligner   = each.value.aligner
        cross_series_reducer = each.value.reducer
      }

      dynamic "denominator_aggregations" {
        for_each = try([each.value.denominator], [])
        content {
          alignment_period     = "${each.value.period}s"
          per_series_aligner   = each.value.aligner
          cross_series_reducer = each.value.reducer
        }
      }
    }
  }

  alert_strategy {
    auto_close = "604800s"
  }

  # A policy is refused while the metric it speaks of isn't known.
  depends_on = [google_logging_metric.counter, google_logging_metric.hours_behind]
}
