variable "dataset" {
  type        = string
  description = "The dataset that the views stand in."
}

variable "project" {
  type        = string
  description = "The project."
}

variable "tables" {
  type        = set(string)
  description = "The dataset's tables, by name."
}

variable "texts" {
  type        = map(string)
  description = "Each view's file by its name: GoogleSQL that names tables and views without their dataset."
}

variable "words" {
  type = map(object({
    title       = string
    description = string
    schema      = optional(string)
  }))
  description = "What people read of each view, by its name: a title, a description, and its columns as BigQuery's schema JSON."
}
