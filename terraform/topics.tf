# A stage's topics stand in modules/stage beside the subscription that takes them; here is where each can be found.
locals {
  topic_ids = merge(concat(
    [for stage in module.stage : stage.topics],
    [{ for name, topic in google_pubsub_topic.for_others : name => "projects/${var.project}/topics/${topic.name}" }],
  )...)

  # What no stage takes is for others: alerts.
  _taken     = [for it in values(local.topology.subscriptions) : it.topic]
  for_others = toset(var.running ? setsubtract(local.topology.topics, local._taken) : [])

  dead_letters = merge([for stage in module.stage : stage.dead_letters]...)
}

resource "google_pubsub_topic" "for_others" {
  #checkov:skip=CKV_GCP_83:Google's own keys; a key of one's own costs more a month than everything else
  for_each = local.for_others
  name     = "${local.prefix}-${each.key}"
  labels   = local.labels

  message_storage_policy {
    allowed_persistence_regions = [var.region]
  }
}
