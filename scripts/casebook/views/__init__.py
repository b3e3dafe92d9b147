"""What pages show, as plain data in one language: pure functions of the cases. No HTML, no files."""
