# Facts. Each table's columns are in its schema file, which DuckDB's tables are made from as well.
resource "google_bigquery_dataset" "worklens" {
  #checkov:skip=CKV_GCP_81:Google's own keys; a key of one's own costs more a month than everything else
  dataset_id                 = "worklens"
  location                   = var.region
  description                = "What Worklens knows of your tasks: append-only tables, and views that read each key once"
  delete_contents_on_destroy = !var.protect_data
  max_time_travel_hours      = "48" # what was forgotten can be read back no longer than this (and 7 days by Google's support)

  depends_on = [google_project_service.this]
}

resource "google_bigquery_table" "table" {
  #checkov:skip=CKV_GCP_80:Google's own keys; a key of one's own costs more a month than everything else
  #checkov:skip=CKV_GCP_121:protect_data is true unless someone means to destroy; a test holds it to that
  for_each            = local.tables
  dataset_id          = google_bigquery_dataset.worklens.dataset_id
  table_id            = each.key
  schema              = each.value.schema
  clustering          = (length(each.value.clustering) > 0 ? each.value.clustering : null)
  deletion_protection = var.protect_data

  # By the month in which it was seen. Raw records by the month in which they came in, for they are kept for a time from
  # then on, and a file may tell of years ago.
  dynamic "time_partitioning" {
    for_each = (contains(each.value.columns, "seen_at") ? [each.key == "raw_records"] : [])
    content {
      type          = "MONTH"
      field         = (time_partitioning.value ? null : "seen_at")
      expiration_ms = (time_partitioning.value ? (var.raw_days + 31) * 24 * 3600 * 1000 : null)
    }
  }
}

# Weekday, week and month of each day, once; a job of BigQuery's runs when it is made and never again.
resource "google_bigquery_job" "calendar" {
  job_id   = "worklens-calendar-${google_bigquery_table.table["calendar"].creation_time}"
  location = var.region

  query {
    query              = local.calendar
    use_legacy_sql     = false
    create_disposition = "" # a statement says by itself where it writes
    write_disposition  = ""
  }

  lifecycle {
    replace_triggered_by = [google_bigquery_table.table["calendar"].creation_time]
  }
}

# What Looker Studio and people read. The functions compose the same files themselves and need no view.
module "views" {
  source = "./modules/views"

  dataset = google_bigquery_dataset.worklens.dataset_id
  project = var.project
  tables  = keys(google_bigquery_table.table)
  texts   = local.view_texts
  words   = local.view_words
}

locals {
  calendar = templatefile("${path.module}/calendar.sql", { dataset = "`${var.project}.${google_bigquery_dataset.worklens.dataset_id}`" })

  _warehouse = "${path.module}/../shared/worklens/warehouse"

  _schemas = {
    for file in fileset(local._warehouse, "schemas/*.json") :
    trimsuffix(basename(file), ".json") => file("${local._warehouse}/${file}")
  }

  _columns = { for name, schema in local._schemas : name => jsondecode(schema)[*].name }

  # Clustered by whose it is and of which task, as far as the table says.
  tables = {
    for name, columns in local._columns : name => {
      schema  = local._schemas[name]
      columns = columns
      clustering = [
        for key in ["feed", "account", "task", "occurrence"] : key if contains(columns, key)
      ]
    }
  }

  view_texts = {
    for file in fileset(local._warehouse, "views/*.sql") :
    trimsuffix(basename(file), ".sql") => file("${local._warehouse}/${file}")
  }

  # Made from metrics.toml and views.toml, where the words stand (make sql).
  _described = jsondecode(file("${local._warehouse}/described.json"))

  view_words = {
    for name, view in local._described.views : name => {
      title       = view.title.en
      description = view.description.en
      schema = (var.describe_columns ? jsonencode([
        for field in view.fields : { name = field.name, type = field.type, mode = field.mode, description = field.description }
      ]) : null)
    }
  }
}
