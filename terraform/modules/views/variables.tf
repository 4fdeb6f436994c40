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
