"""Threads of messages, and the rooms that have one."""

from .rooms import Room, RoomMember
from .threads import Draft, Edition, Mention, Message, Reaction, ReadMark, Thread

__all__ = ["Draft", "Edition", "Mention", "Message", "Reaction", "ReadMark", "Room", "RoomMember", "Thread"]
