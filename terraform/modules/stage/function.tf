resource "google_service_account" "function" {
  account_id   = var.name
  display_name = "Runs ${var.name}"
}

resource "google_cloudfunctions2_function" "this" {
  name        = var.name
  location    = var.region
  description = "Worklens: ${var.function.source}, entry point ${var.function.entry_point}"
  labels      = var.labels

  build_config {
    runtime           = var.build.runtime
    entry_point       = var.function.entry_point
    service_account   = var.build.account
    docker_repository = var.build.repository

    source {
      storage_source {
        bucket = var.build.bucket
        object = var.build.object
      }
    }
  }

  service_config {
    service_account_email            = local.email
    ingress_settings                 = local.private ? "ALLOW_INTERNAL_ONLY" : "ALLOW_ALL"
    available_memory                 = var.function.memory
    available_cpu                    = "1" # a sixth of one, which goes with 256 MiB, starts six times as slowly
    timeout_seconds                  = var.function.timeout_seconds
    min_instance_count               = 0
    max_instance_count               = var.function.max_instances
    max_instance_request_concurrency = 1 # the memory is measured for one message at a time
    all_traffic_on_latest_revision   = true
    environment_variables            = merge(var.environment, local.identity)

    dynamic "secret_environment_variables" {
      for_each = var.secrets
      content {
        key        = secret_environment_variables.key
        project_id = var.project
        secret     = secret_environment_variables.value
        version    = "latest"
      }
    }
  }

  depends_on = [google_service_account.function, google_secret_manager_secret_iam_member.reader]
}

# Granted before the function is made, which is refused without.
resource "google_secret_manager_secret_iam_member" "reader" {
  for_each   = var.secrets
  secret_id  = each.value
  role       = "roles/secretmanager.secretAccessor"
  member     = "serviceAccount:${local.email}"
  depends_on = [google_service_account.function]
}

# Who may call it: the delivery account for what it takes, people for what it shows. Nobody else, and no project-wide
# grant: the binding is authoritative, so that a member added by hand goes at the next apply.
resource "google_cloud_run_v2_service_iam_binding" "invokers" {
  count    = length(local.callers) > 0 ? 1 : 0
  name     = google_cloudfunctions2_function.this.name # the Cloud Run service under a function bears its name
  location = var.region
  role     = "roles/run.invoker"
  members  = local.callers
}

locals {
  email   = "${var.name}@${var.project}.iam.gserviceaccount.com" # known before it is made, so that a plan tells who may do what
  private = length(var.subscriptions) > 0
  callers = local.private ? ["serviceAccount:${var.delivery.account}"] : sort(var.invokers)

  # The address by which a function is known before it is made; Cloud Run takes it as audience beside its own.
  audience = "https://${var.region}-${var.project}.cloudfunctions.net/${var.name}"

  # What the function itself checks of each push, after IAM has let it in.
  identity = local.private ? {
    WORKLENS_AUDIENCE         = local.audience
    WORKLENS_DELIVERY_ACCOUNT = var.delivery.account
  } : {}
}
