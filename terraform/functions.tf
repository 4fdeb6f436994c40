# Each function with all that is its own: account, topics, push subscriptions, dead letters.
module "stage" {
  source   = "./modules/stage"
  for_each = local.stages

  name          = "${local.prefix}-${each.key}"
  prefix        = local.prefix
  project       = var.project
  region        = var.region
  labels        = merge(local.labels, { stage = each.key })
  function      = each.value
  subscriptions = { for name, it in local.topology.subscriptions : name => it if it.function == each.key }
  invokers      = (each.key == "report" ? local.readers : [])
  pubsub_agent  = local.pubsub_agent
  delivery      = merge(local.topology.delivery, { account = local.delivery_account })
  environment   = merge(local.environment, each.key == "report" ? local.of_the_report : {})
  secrets       = (each.key == "notify" && var.digest ? { WORKLENS_DIGEST = google_secret_manager_secret.digest.secret_id } : {})

  build = {
    account    = google_service_account.build.id
    bucket     = google_storage_bucket.source.name
    object     = google_storage_bucket_object.bundle[each.value.source].name
    repository = google_artifact_registry_repository.images.id
    runtime    = local.topology.runtime
  }

  # The build's grants must stand before the first build.
  depends_on = [
    google_artifact_registry_repository_iam_member.build,
    google_project_iam_member.build_reads_source,
    google_project_iam_member.build_writes_logs,
    google_service_account.delivery,
  ]
}

# Who may sign in where Identity-Aware Proxy asks: then it alone calls the report, as its own account.
resource "google_iap_web_cloud_run_service_iam_binding" "readers" {
  count                  = var.iap && var.running && length(var.invokers) > 0 ? 1 : 0
  project                = var.project
  location               = var.region
  cloud_run_service_name = "${local.prefix}-report"
  role                   = "roles/iap.httpsResourceAccessor"
  members                = sort(var.invokers)
  depends_on             = [module.stage]
}

locals {
  # Google's own account by which IAP calls a service. It is there once the API is on.
  readers = var.iap ? toset(["serviceAccount:service-${var.project_number}@gcp-sa-iap.iam.gserviceaccount.com"]) : var.invokers

  of_the_report = merge(
    var.connecting ? { WORKLENS_CONNECTING = "1" } : {},
    var.iap ? { WORKLENS_IAP_AUDIENCE = "/projects/${var.project_number}/locations/${var.region}/services/${local.prefix}-report" } : {},
  )

  delivery_account = "${local.prefix}-delivery@${var.project}.iam.gserviceaccount.com"

  environment = {
    WORKLENS_PLATFORM = "google"
    WORKLENS_PROJECT  = var.project
    WORKLENS_LOCATION = var.region
    WORKLENS_PREFIX   = local.prefix
    WORKLENS_DATASET  = google_bigquery_dataset.worklens.dataset_id
    WORKLENS_BUCKET   = google_storage_bucket.blobs.name
    WORKLENS_RAW_DAYS = tostring(var.raw_days)
    WORKLENS_BORROW   = var.borrow ? "1" : "0"
  }
}
