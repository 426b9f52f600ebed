"""The log made tamper-evident: batches of activities in a chain of hashes, written by a job, checked on demand."""

from .chain import FIRST_HASH, chain_hash, line
from .check import Fault, check, verify
from .sealing import seal_account, seal_all

__all__ = ["FIRST_HASH", "Fault", "chain_hash", "check", "line", "seal_account", "seal_all", "verify"]
