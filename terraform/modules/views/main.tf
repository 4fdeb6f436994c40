# The views' files name tables and views without their dataset. Here each name is written out, and the views are made
# in levels: those that read tables alone first, then those that read these, and so on. (Within one for_each Terraform
# knows no order.)
locals {
  _names = join("|", concat(tolist(var.tables), keys(var.texts)))

  # A comment may speak of a view without reading it.
  _plain = { for name, text in var.texts : name => trimspace(replace(text, "/--[^\n]*\n?/", "")) }

  # A name keeps the alias it is given; without one it is called by itself, as before.
  _aliased = {
    for name, text in local._plain :
    name => replace(text, "/\\b(FROM|JOIN)\\s+(${local._names})\\s+AS\\b/", "$1 `${var.project}.${var.dataset}.$2` AS")
  }

  queries = {
    for name, text in local._aliased :
    name => replace(text, "/\\b(FROM|JOIN)\\s+(${local._names})\\b/", "$1 `${var.project}.${var.dataset}.$2` AS $2")
  }

  _reads = {
    for name, text in local._plain :
    name => setintersection(keys(var.texts), [for match in regexall("\\b(?:FROM|JOIN)\\s+(\\w+)\\b", text) : match[0]])
  }

  _upto_0 = [for name, reads in local._reads : name if length(reads) == 0]
  _upto_1 = [for name, reads in local._reads : name if length(setsubtract(reads, local._upto_0)) == 0]
  _upto_2 = [for name, reads in local._reads : name if length(setsubtract(reads, local._upto_1)) == 0]
  _upto_3 = [for name, reads in local._reads : name if length(setsubtract(reads, local._upto_2)) == 0]
  _upto_4 = [for name, reads in local._reads : name if length(setsubtract(reads, local._upto_3)) == 0]
  _upto_5 = [for name, reads in local._reads : name if length(setsubtract(reads, local._upto_4)) == 0]
  _upto_6 = [for name, reads in local._reads : name if length(setsubtract(reads, local._upto_5)) == 0]
  _upto_7 = [for name, reads in local._reads : name if length(setsubtract(reads, local._upto_6)) == 0]

  levels = [
    toset(local._upto_0),
    setsubtract(local._upto_1, local._upto_0),
    setsubtract(local._upto_2, local._upto_1),
    setsubtract(local._upto_3, local._upto_2),
    setsubtract(local._upto_4, local._upto_3),
    setsubtract(local._upto_5, local._upto_4),
    setsubtract(local._upto_6, local._upto_5),
    setsubtract(local._upto_7, local._upto_6),
  ]

  _left = setsubtract(keys(var.texts), local._upto_7)
}

resource "google_bigquery_table" "level_0" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[0]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  lifecycle {
    precondition {
      condition     = length(local._left) == 0
      error_message = "These views stand on more levels than are made here, or read each other in a circle: ${join(", ", local._left)}."
    }
  }
}

resource "google_bigquery_table" "level_1" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[1]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.level_0]
}

resource "google_bigquery_table" "level_2" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[2]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.level_1]
}

resource "google_bigquery_table" "level_3" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[3]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.level_2]
}

resource "google_bigquery_table" "level_4" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[4]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.level_3]
}

resource "google_bigquery_table" "level_5" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[5]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.level_4]
}

resource "google_bigquery_table" "level_6" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[6]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.level_5]
}

resource "google_bigquery_table" "level_7" {
  #checkov:skip=CKV_GCP_80:A view holds no data
  #checkov:skip=CKV_GCP_121:A view is made again from its file
  for_each            = local.levels[7]
  dataset_id          = var.dataset
  table_id            = each.key
  friendly_name       = var.words[each.key].title
  description         = var.words[each.key].description
  schema              = var.words[each.key].schema
  deletion_protection = false

  view {
    query          = local.queries[each.key]
    use_legacy_sql = false
  }

  depends_on = [google_bigquery_table.level_6]
}
