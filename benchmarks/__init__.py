"""Load on the real server beside the floor measured in the same run; never timed tests."""
