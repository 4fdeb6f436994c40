# A stage's topics stand in modules/stage beside the subscription that takes them; here is where each can be found.
locals {
  topic_ids = merge([for stage in module.stage : stage.topics]...)

  dead_letters = merge([for stage in module.stage : stage.dead_letters]...)
}
