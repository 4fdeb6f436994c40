"""What each function of the pipeline does, over the ports."""
