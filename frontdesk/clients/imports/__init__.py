"""Clients from a file: upload, columns, preview, run, summary.

`storage` keeps the file, `drafts` turns its rows into checked values without touching the database, `matching`
decides what becomes of each, `creating` and `updating` write a chunk, `running` goes through the file in chunks,
each one transaction together with the position reached. Nothing is written to clients before `actions.start`.
"""
