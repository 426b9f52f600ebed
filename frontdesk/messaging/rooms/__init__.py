"""Rooms: the kind of thread in which people talk."""
