"""The console command `frontdesk`."""

import argparse
import importlib
import sys
from collections.abc import Sequence

ROLES = ("admin", "staff", "coworker")


def _add_server_commands(commands) -> None:
    commands.add_parser("run", help="start the web server and the background worker")
    web = commands.add_parser("web")
    web.add_argument("--socket", type=int, required=True, help="file descriptor of the listening socket")
    commands.add_parser("worker", help="start only the background worker")
    migrate = commands.add_parser("migrate", help="bring the database and the static files up to this version")
    migrate.add_argument("--quiet", action="store_true", help="say nothing when there is nothing to do")
    doctor = commands.add_parser("doctor", help="check the installation and say what to do")
    doctor.add_argument("--json", action="store_true", help="say it as JSON")
    manage = commands.add_parser("manage", help="run one of Django's own commands", add_help=False)
    manage.add_argument("arguments", nargs=argparse.REMAINDER)


def _add_backup_commands(commands) -> None:
    backup = commands.add_parser("backup", help="save everything into one file, while Frontdesk runs")
    backup.add_argument("file", nargs="?", metavar="FILE", help="file or folder (default: FRONTDESK_BACKUPS)")
    restore = commands.add_parser("restore", help="make an installation from a backup, in an empty place")
    restore.add_argument("file", metavar="FILE", help="the backup")


def _add_language_commands(commands) -> None:
    language = commands.add_parser("language", help="add languages to this installation")
    language.add_argument("--folder", help="where they are (default: locale/ in the data directory)")
    verbs = language.add_subparsers(dest="verb", required=True, metavar="add|compile")
    add = verbs.add_parser("add", help="make a language's files to translate, or add new texts to them")
    add.add_argument("code", help="such as de or pt_BR")
    verbs.add_parser("compile", help="compile what was translated")


def _add_demo_command(commands) -> None:
    demo = commands.add_parser("demo", help="make a demo business with clients, people and history")
    demo.add_argument("--clients", type=int, default=200, help="how many clients (default 200)")
    demo.add_argument("--seed", type=int, default=1, help="the same seed makes the same business (default 1)")
    demo.add_argument("--language", default="en", help="the business's language (default en)")


def _add_member_commands(commands) -> None:
    member = commands.add_parser("member", help="create members and let them in again")
    verbs = member.add_subparsers(dest="verb", required=True, metavar="create|reset")
    create = verbs.add_parser("create", help="create a member; prints a temporary password")
    create.add_argument("--account", help="name or id of the account (needed when there are several)")
    create.add_argument("--role", choices=ROLES, default="staff")
    create.add_argument("--name", required=True)
    create.add_argument("--email", required=True)
    reset = verbs.add_parser("reset", help="give a person a new temporary password and end their sessions")
    reset.add_argument("login", help="e-mail address or username")
    reset.add_argument("--second-factor", action="store_true", help="also take a lost second factor away")


def _add_token_commands(commands) -> None:
    token = commands.add_parser("token", help="create API tokens")
    verbs = token.add_subparsers(dest="verb", required=True, metavar="create")
    create = verbs.add_parser("create", help="create an API token of a member; prints it once")
    create.add_argument("--account", help="name or id of the account (needed when there are several)")
    create.add_argument("--email", required=True, help="the member whom the token acts as")
    create.add_argument("--name", default="command line", help="what it is for")
    create.add_argument("--scope", action="append", dest="scopes", help="a right; repeat for several (default: all)")
    create.add_argument("--days", type=int, help="how long it is valid (default: until revoked)")


GROUPS = (
    _add_server_commands, _add_backup_commands, _add_language_commands, _add_demo_command, _add_member_commands,
    _add_token_commands,
)  # fmt: skip


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    top = argparse.ArgumentParser(prog="frontdesk", description="The one place for a business and its clients.")
    names = "run|demo|member|token|backup|restore|language|doctor|migrate|worker|manage"
    commands = top.add_subparsers(dest="command", required=True, metavar=names)
    for add in GROUPS:
        add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    options = parser().parse_args(arguments)
    # Loaded by name: the supervisor behind `run` must not carry what the other commands need.
    command = importlib.import_module(f"frontdesk.config.commands.{options.command}")
    return command.run(options) or 0


if __name__ == "__main__":
    sys.exit(main())
