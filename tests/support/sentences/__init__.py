"""Sentences of finished workbooks taken apart and checked, without the code that writes them.

Dates, holders, clauses and numbers are parsed out of the Indonesian text and held against the
forms, the reference and the schedule's own rows, by the rules of docs/rules.md. A sentence that no
pattern knows is reported, so that nothing passes unread.
"""
