"""What whoever runs the machine does: migrate, serve, check. Each command is a module with `add_arguments` and `run`."""
