# Who may do what, as one table: a stage, what it needs, and at which resource. What isn't here isn't granted, and a
# test compares the whole plan with a list of its own. Invoking, building, dead letters: beside what they are about.
locals {
  # Datastore knows no grant smaller than a database's; ours is the project's only one.
  state_roles = {
    fetch     = "roles/datastore.user"                                             # cursors, leases, runs
    learn     = "roles/datastore.user"                                             # which model is in force
    notify    = "roles/datastore.user"                                             # what was sent already
    report    = var.connecting ? "roles/datastore.user" : "roles/datastore.viewer" # the page changes nothing, unless it connects
    score     = "roles/datastore.user"
    transform = "roles/datastore.user" # which batches are there
  }

  # Asking BigQuery anything is a job, and jobs belong to the project. It lets nobody read a table.
  asking = ["learn", "notify", "report", "score", "transform"]

  # What each may append to. Reading is granted on the dataset.
  tables_of = {
    notify    = ["alerts"]
    score     = ["alerts", "forecasts", "prospects", "scores"]
    transform = ["collections", "quarantine", "raw_records", "sync_runs", "task_events", "task_states", "zones"]
  }

  blob_roles = {
    fetch     = "roles/storage.objectUser" # reads a file that is imported, keeps records above 1 MB
    learn     = "roles/storage.objectUser" # models
    score     = "roles/storage.objectUser" # models; keeps the calendars that forecasts count by
    transform = "roles/storage.objectUser" # removes a file once its import is settled
  }

  writes = merge([
    for stage, tables in local.tables_of : {
      for table in tables : "${stage}/${table}" => { stage = stage, table = table }
    } if contains(keys(local.stages), stage)
  ]...)

  publishes = merge([
    for stage, it in local.stages : {
      for topic in it.publishes : "${stage}/${topic}" => { stage = stage, topic = topic }
    }
  ]...)

  member = { for stage, it in module.stage : stage => "serviceAccount:${it.email}" }
}

# ----- Where only the project can grant it -----

resource "google_project_iam_member" "state" {
  for_each = { for stage, role in local.state_roles : stage => role if contains(keys(local.stages), stage) }
  project  = var.project
  role     = each.value
  member   = local.member[each.key]
}

resource "google_project_iam_member" "jobs" {
  for_each = toset([for stage in local.asking : stage if contains(keys(local.stages), stage)])
  project  = var.project
  role     = "roles/bigquery.jobUser"
  member   = local.member[each.key]
}

# ----- At the resource -----

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = local.publishes
  topic    = local.topic_ids[each.value.topic]
  role     = "roles/pubsub.publisher"
  member   = local.member[each.value.stage]
}

# Whoever acts on alerts attaches a subscription of their own, which takes this at the topic and nothing else of ours.
resource "google_pubsub_topic_iam_member" "alert_reader" {
  for_each = toset(var.running ? var.alert_readers : [])
  topic    = google_pubsub_topic.for_others["alerts"].name
  role     = "roles/pubsub.subscriber"
  member   = each.value
}

resource "google_bigquery_dataset_iam_member" "reader" {
  for_each   = toset([for stage in local.asking : stage if contains(keys(local.stages), stage)])
  dataset_id = google_bigquery_dataset.worklens.dataset_id
  role       = "roles/bigquery.dataViewer"
  member     = local.member[each.key]
}

resource "google_bigquery_table_iam_member" "writer" {
  for_each   = local.writes
  dataset_id = google_bigquery_dataset.worklens.dataset_id
  table_id   = google_bigquery_table.table[each.value.table].table_id
  role       = "roles/bigquery.dataEditor"
  member     = local.member[each.value.stage]
}

resource "google_storage_bucket_iam_member" "blobs" {
  for_each = { for stage, role in local.blob_roles : stage => role if contains(keys(local.stages), stage) }
  bucket   = google_storage_bucket.blobs.name
  role     = each.value
  member   = local.member[each.key]
}

# ----- Delivery -----

# Pushes come from this account, and a function lets nobody else in. It can do nothing but call (modules/stage).
resource "google_service_account" "delivery" {
  account_id   = "${local.prefix}-delivery"
  display_name = "Brings messages to the functions of Worklens"
  depends_on   = [google_project_service.this]
}

# Authoritative: Pub/Sub's agent alone may make tokens for it.
resource "google_service_account_iam_binding" "delivery_tokens" {
  service_account_id = "projects/${var.project}/serviceAccounts/${local.delivery_account}"
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  members            = [local.pubsub_agent]
  depends_on         = [google_service_account.delivery]
}
