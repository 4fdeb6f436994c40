# What the files share. The topology itself (topics, functions, subscriptions, jobs) stands in topology.json, which the
# local cloud reads too.
locals {
  topology = jsondecode(file("${path.module}/topology.json"))
  prefix   = local.topology.prefix # of all names; the code reads it as WORKLENS_PREFIX
  stages   = var.running ? local.topology.functions : {}

  labels = merge(var.labels, {
    app         = "worklens"
    environment = var.environment
    managed-by  = "terraform"
  })

  # Google's own account that pushes messages and forwards dead letters. It is there once the API is on.
  pubsub_agent = "serviceAccount:service-${var.project_number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}
