"""The buttons of the weekly editor: each gives back the week as typed, changed but not saved."""

BLANK = {"starts": "", "ends": ""}
COPIED_TO = {"weekdays": range(1, 5), "week": range(1, 7)}
CLOCK = "%H:%M"


def shown(rows: list[list]) -> list[list[dict]]:
    """The stored week as the editor shows it: seven lists of {"starts", "ends"}."""
    return [[{"starts": row.starts.strftime(CLOCK), "ends": row.ends.strftime(CLOCK)} for row in day] for day in rows]


def typed(data) -> list[list[dict]]:
    """The week as typed, empty rows included, so that the numbers of rows on the buttons hold."""
    week = []
    for day in range(7):
        pairs = zip(data.getlist(f"starts-{day}"), data.getlist(f"ends-{day}"), strict=False)
        week.append([{"starts": starts, "ends": ends} for starts, ends in pairs])
    return week


def _copied(week: list[list[dict]], which: str) -> list[list[dict]]:
    """Monday's times on the other working days, or on every day."""
    days = COPIED_TO.get(which, ())
    return [[dict(span) for span in week[0]] if day in days else spans for day, spans in enumerate(week)]


def _added(week: list[list[dict]], day: str) -> list[list[dict]]:
    """An empty row more on a day."""
    return [[*spans, dict(BLANK)] if str(number) == day else spans for number, spans in enumerate(week)]


def _removed(week: list[list[dict]], which: str) -> list[list[dict]]:
    """A row less; `which` is the day and the row, as in 0-1."""
    return [[span for row, span in enumerate(spans) if f"{number}-{row}" != which] for number, spans in enumerate(week)]


BUTTONS = {"copy": _copied, "add": _added, "remove": _removed}


def pressed(week: list[list[dict]], data) -> list[list[dict]] | None:
    """The week after the editor's button in `data`; None when it was Save."""
    for name, change in BUTTONS.items():
        if name in data:
            return change(week, data[name])
    return None
