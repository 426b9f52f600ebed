"""How much a tabular file may ask of the machine."""

import msgspec

MIB = 1 << 20


class Limits(msgspec.Struct, frozen=True):
    """Bounds on one file; bytes, counts and seconds."""

    file_bytes: int = 100 * MIB
    inflated_bytes: int = 512 * MIB
    # Honest workbooks of repeated values reach about 100; a bomb is near deflate's 1032.
    inflated_ratio: int = 200
    ratio_floor_bytes: int = 32 * MIB
    archive_entries: int = 5_000
    spool_bytes: int = 512 * MIB
    # Address space of the child, so that its resident memory stays under 300 MiB.
    memory_bytes: int = 290 * MIB
    cpu_seconds: int = 60
    wall_seconds: int = 120
    rows: int = 200_000
    columns: int = 200
    cell_characters: int = 32_767


DEFAULT_LIMITS = Limits()
