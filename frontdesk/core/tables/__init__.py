"""Tabular files in and out: workbooks and text tables, read in a sandboxed child process, written as streams.

`reading` opens uploads, `writing` makes exports, `template` makes workbooks to fill in.
This file stays empty of imports: the child process starts through it and must stay small.
"""
