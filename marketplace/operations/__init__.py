"""What whoever runs the machine does: migrate, serve, look. A command is a module with `add_arguments` and `run`."""
