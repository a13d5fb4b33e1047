"""The words, numbers and days in names of files and folders, and their meaning."""
