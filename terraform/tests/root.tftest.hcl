# What the root promises, planned against a mock of the provider. What no one names can't be seen here: tests/terraform
# looks over the whole plan for that.
mock_provider "google" {}

variables {
  project         = "worklens-test"
  project_number  = "123456789012"
  alert_email     = "ops@example.org"
  bundles         = "tests/bundles"
  feeds           = ["todoist:me"]
  invokers        = ["user:me@example.org"]
  billing_account = "012345-6789AB-CDEF01"
}

run "what_is_kept_is_protected" {
  command = plan

  assert {
    condition     = google_firestore_database.state.type == "DATASTORE_MODE" && google_firestore_database.state.delete_protection_state == "DELETE_PROTECTION_ENABLED"
    error_message = "the state is in Datastore and refuses to be deleted"
  }
  assert {
    condition     = google_firestore_database.state.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED"
    error_message = "any minute of the last week can be had back"
  }
  assert {
    condition     = google_firestore_backup_schedule.daily.retention == "604800s"
    error_message = "a daily backup outlives the database for a week"
  }
  assert {
    condition     = alltrue([for table in google_bigquery_table.table : table.deletion_protection])
    error_message = "no table may be destroyed by an apply"
  }
  assert {
    condition     = !google_storage_bucket.blobs.force_destroy && !google_bigquery_dataset.worklens.delete_contents_on_destroy
    error_message = "bucket and dataset refuse to go while they hold something"
  }
  assert {
    condition = alltrue([
      for bucket in [google_storage_bucket.blobs, google_storage_bucket.source] :
      bucket.uniform_bucket_level_access && bucket.public_access_prevention == "enforced"
    ])
    error_message = "no bucket can be opened to the public"
  }
}

run "the_warehouse_is_what_the_files_say" {
  command = plan

  assert {
    condition     = toset(keys(google_bigquery_table.table)) == toset([for file in fileset("../shared/worklens/warehouse/schemas", "*.json") : trimsuffix(file, ".json")])
    error_message = "a table for every schema file"
  }
  assert {
    condition     = toset(output.views) == toset([for file in fileset("../shared/worklens/warehouse/views", "*.sql") : trimsuffix(file, ".sql")])
    error_message = "a view for every SQL file"
  }
  assert {
    condition     = alltrue([for name in keys(output.looker_studio_urls) : contains(output.views, name)])
    error_message = "an address of Looker Studio for views that are there"
  }
  assert {
    condition     = length(output.looker_studio_pages) == 5 && alltrue([for url in values(output.looker_studio_pages) : !strcontains(url, "PROJECT") && !strcontains(url, "DATASET")])
    error_message = "an address of Looker Studio for each page, on this project's dataset"
  }
  assert {
    condition     = google_bigquery_table.table["task_events"].time_partitioning[0].type == "MONTH" && google_bigquery_table.table["task_events"].time_partitioning[0].field == "seen_at"
    error_message = "facts are parted by the month in which they were seen"
  }
  assert {
    condition     = google_bigquery_table.table["task_states"].clustering == tolist(["feed", "account", "task", "occurrence"])
    error_message = "states are clustered by whose they are and of which task"
  }
  assert {
    condition     = google_bigquery_table.table["raw_records"].time_partitioning[0].expiration_ms == 121 * 24 * 3600 * 1000 && google_bigquery_table.table["raw_records"].time_partitioning[0].field == null
    error_message = "raw records go 90 days and a month after they came in, whatever time they tell of"
  }
  assert {
    condition     = length(google_bigquery_table.table["calendar"].time_partitioning) == 0
    error_message = "what has no time of sight isn't parted"
  }
}

run "what_runs" {
  command = plan

  assert {
    condition     = toset(keys(module.stage)) == toset(["fetch", "learn", "notify", "report", "score", "transform"])
    error_message = "the six functions"
  }
  assert {
    condition     = length(google_cloud_scheduler_job.this) == 1 && google_cloud_scheduler_job.this["tick"].schedule == "0 * * * *"
    error_message = "one timer, each hour: whose hour it is, fetch finds out"
  }
  assert {
    condition     = google_cloud_scheduler_job.this["tick"].pubsub_target[0].topic_name == "projects/worklens-test/topics/worklens-tick"
    error_message = "the timer publishes a tick"
  }
  assert {
    condition     = toset(keys(google_storage_bucket_object.bundle)) == toset(["fetch", "learn", "report", "score", "transform"])
    error_message = "report and notify are one bundle"
  }
  assert {
    condition     = google_storage_bucket_object.bundle["fetch"].name == "fetch-${filemd5("tests/bundles/fetch.zip")}.zip"
    error_message = "a bundle's name bears its hash"
  }
  assert {
    condition     = length(google_secret_manager_secret.token) == 1 && google_secret_manager_secret.token["todoist:me"].secret_id == "worklens-token-${substr(sha256("todoist:me"), 0, 32)}"
    error_message = "a token's entry tells nothing of whose it is"
  }
}

run "who_is_told" {
  command = plan

  assert {
    condition     = toset(keys(google_monitoring_alert_policy.this)) == toset(["backlog", "dead-letters", "errors", "freshness", "kept-messages", "no-sync"])
    error_message = "the six alerts"
  }
  assert {
    condition = alltrue([
      for name, policy in google_monitoring_alert_policy.this :
      policy.documentation[0].content == file("../docs/operations/${name}.md") && length(policy.documentation[0].content) < 8192
    ])
    error_message = "each alert carries its playbook, which must fit into a mail"
  }
  assert {
    condition     = google_monitoring_notification_channel.mail.labels.email_address == "ops@example.org"
    error_message = "the mail goes to the one who was named"
  }
  assert {
    condition     = google_billing_budget.month[0].budget_filter[0].projects == toset(["projects/123456789012"]) && length(google_billing_budget.month[0].threshold_rules) == 4
    error_message = "a budget of this project alone"
  }
  assert {
    condition     = length(jsondecode(google_monitoring_dashboard.worklens[0].dashboard_json).gridLayout.widgets) == length(local.tiles) + 1
    error_message = "a dashboard with each tile and the complaints"
  }
}

run "no_budget_without_an_account" {
  command = plan

  variables {
    billing_account = ""
  }
  assert {
    condition     = length(google_billing_budget.month) == 0 && !contains(keys(google_project_service.this), "billingbudgets")
    error_message = "without a billing account there is nothing to watch"
  }
}

run "taken_down_but_kept" {
  command = plan

  variables {
    running = false
  }
  assert {
    condition     = length(module.stage) == 0 && length(google_cloud_scheduler_job.this) == 0 && length(google_monitoring_alert_policy.this) == 0
    error_message = "nothing runs, and nothing complains of it"
  }
  assert {
    condition     = length(google_project_iam_member.state) + length(google_bigquery_table_iam_member.writer) + length(google_project_iam_member.tokens) == 0
    error_message = "accounts that are gone keep no roles"
  }
  assert {
    condition     = length(google_bigquery_table.table) > 0 && length(output.views) > 0 && google_firestore_database.state.name == "(default)"
    error_message = "what is kept stays"
  }
}

run "unprotected_on_purpose" {
  command = plan

  variables {
    protect_data = false
  }
  assert {
    condition     = google_firestore_database.state.deletion_policy == "DELETE" && google_storage_bucket.blobs.force_destroy && !google_bigquery_table.table["scores"].deletion_protection
    error_message = "with protect_data = false, and only then, all can be destroyed"
  }
}

run "identity_aware_proxy" {
  command = plan
  variables {
    iap = true
  }

  assert {
    condition     = google_iap_web_cloud_run_service_iam_binding.readers[0].members == toset(["user:me@example.org"]) && contains(keys(google_project_service.this), "iap")
    error_message = "who may open the report may sign in at IAP, whose API is on"
  }
}

run "no_proxy_unless_asked_for" {
  command = plan

  assert {
    condition     = length(google_iap_web_cloud_run_service_iam_binding.readers) == 0 && !contains(keys(google_project_service.this), "iap")
    error_message = "readers call the report themselves"
  }
}
