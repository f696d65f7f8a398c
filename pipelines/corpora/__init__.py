"""What others collected, on its way into the archive."""
