"""Many submissions: finds them, judges them in parallel, keeps the verdicts, continues after an interruption.

Here: everything between a folder of untrusted files and a gradebook. `course` finds the submissions in the form of a
platform (`platforms`) or any other, by `names` and contents; `submission` reads the files of one, from `archives` too;
`rosters` knows the students. Not here: the judging of one submission
(`nnkata.runner`), and its reports (`nnkata.reports`, `nnkata.cli`).
"""
