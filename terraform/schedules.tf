# Timers publish a message that never changes; whose hour it is, the one who takes it finds out from the time. Scheduler
# publishes as Google's own agent: a job that targets a topic can't be given an account.
resource "google_cloud_scheduler_job" "this" {
  for_each    = (var.running ? local.topology.jobs : {})
  name        = "worklens-${each.key}"
  region      = var.region
  description = each.value.description
  schedule    = each.value.schedule
  time_zone   = each.value.time_zone

  pubsub_target {
    topic_name = local.topic_ids[each.value.topic]
    attributes = each.value.attributes
    data       = base64encode(jsonencode(each.value.data))
  }

  retry_config {
    retry_count          = 3
    min_backoff_duration = "10s"
    max_backoff_duration = "60s"
  }

  depends_on = [google_project_service.this]
}
