"""A submission before it runs: its source files, the names that it has and lacks, facts for the steps."""
