"""A course's list of students: its table, its headings, and the student of each submission."""
