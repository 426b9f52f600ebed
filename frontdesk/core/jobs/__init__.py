"""Background work: queued with its cause, retried with growing pauses, periodic where asked.

    @job("clients.import", attempts=3)             # registry
    def run_import(import_id): ...

    enqueue(run_import, import_id=str(row.id))     # queue; inside the transaction of its cause

    @every("activity.seal", minutes=1)             # registry
    def seal_audit_log(): ...

Each domain's `jobs.py` is loaded at start-up.
"""
