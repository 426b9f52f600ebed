"""Threads and messages as the API and live updates give them."""

from .queries import Line, Row


def file_out(file) -> dict:
    """A file of a message."""
    return {"id": file.id, "name": file.name, "size": file.size, "kind": file.kind}


def message_out(line: Line) -> dict:
    """A message; a deleted one keeps its place and nothing else."""
    message, author, gone = line.message, line.author, line.deleted
    return {
        "id": message.id,
        "thread_id": message.thread_id,
        "number": message.number,
        "author": {"id": author.id, "name": author.name} if author else None,
        "signed": message.signed,
        "body": "" if gone else message.body,
        "html": "" if gone else message.html,
        "reply_to": message.reply_to_id,
        "files": [] if gone else [file_out(file) for file in line.files],
        "reactions": [{"emoji": sign.emoji, "members": list(sign.members)} for sign in line.signs],
        "turned": [{"key": one.key, "id": one.id} for one in line.turned],
        "posted_at": message.posted_at,
        "edited_at": message.edited_at,
        "deleted_at": message.deleted_at,
    }


def room_out(row: Row) -> dict:
    """A thread as a list shows it."""
    return {
        "id": row.thread.pk,
        "kind": row.thread.kind,
        "client_id": row.thread.client_id,
        "name": row.title.name,
        "member_id": row.title.member_id,
        "last_number": row.thread.last_number,
        "last_at": row.thread.last_at,
        "preview": row.preview,
        "unread": row.unread,
        "mentioned": row.mentioned,
        "draft": row.draft,
    }
