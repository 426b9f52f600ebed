"""Texts that the team writes once and uses often."""
