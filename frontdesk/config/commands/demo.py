"""Fills a demo business."""

from . import set_up_django


def run(options) -> None:
    """Make the business and print how to sign in."""
    set_up_django()
    from frontdesk.accounts.demo import make_demo

    from .people import explained

    with explained():
        make_demo(clients=options.clients, seed=options.seed, language=options.language)
