"""The search for small edits of a submission's code that make its values right: one of their lines is at fault."""
