"""Files of reference data for the calendars of the oracle."""

from pathlib import Path

from tests.support.oracle.business_hours import BusinessHours


def write_calendars(folder: Path, hours: BusinessHours) -> None:
    rows: dict[str, list[str]] = {
        "calendars": ["calendar,time_zone,is_default"],
        "working_hours": ["calendar,weekday,opens,closes"],
        "holidays": ["calendar,date,opens,closes"],
        "agent_calendars": ["agent_id,calendar,from_date"],
    }
    for name, calendar in hours.calendars.items():
        rows["calendars"].append(f"{name},{calendar.time_zone},{name == hours.default}")
        for weekday, stretches in calendar.hours.items():
            rows["working_hours"] += [f"{name},{weekday},{','.join(one)}" for one in stretches]
        for day, stretches in calendar.holidays.items():
            rows["holidays"] += [f"{name},{day},{','.join(one)}" for one in stretches or [("", "")]]
    for agent, calendars in hours.of_agents.items():
        rows["agent_calendars"] += [f"{agent},{name},{start}" for start, name in calendars]
    for table, lines in rows.items():
        (folder / f"{table}.csv").write_text("\n".join(lines) + "\n")
