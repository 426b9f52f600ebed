"""Bad days: processes killed, disks full, databases away, hostile visitors. Figures are printed with `pytest -s`."""
