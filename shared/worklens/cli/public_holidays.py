"""Public holidays from the `holidays` library, which only the command line has: what is found is kept as days."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from worklens.cli.failures import Problem, Usage

BACK, AHEAD = 20, 5  # years: a long history behind, and more than any forecast ahead


class Found(NamedTuple):
    """A country's days around a year, and the last one for which they were looked up."""

    free: list[date]
    shifted: list[date]  # worked at a week-end, for other days made free: China's 调休
    until: date


def public_holidays(country: str, region: str, year: int) -> Found:
    """The public holidays of a country (ISO 3166) and a region of it, from 20 years before to 5 after the year.

    Raises Usage for one that isn't known, with those that are, and Problem where the library isn't installed.
    """
    try:
        import holidays
    except ImportError:
        raise Problem("calendar-no-library") from None
    known = holidays.list_supported_countries(include_aliases=False)
    if country not in known:
        raise Usage("calendar-country", country=country, known=", ".join(sorted(known)))
    if region and region not in known[country]:
        raise Usage("calendar-region", country=country, region=region, known=", ".join(known[country]) or "-")
    years = range(year - BACK, year + AHEAD + 1)
    found = holidays.country_holidays(country, subdiv=region or None, years=years)
    shifted = [day for day in found.weekend_workdays if day.year in years]
    return Found(sorted(found), sorted(shifted), date(years[-1], 12, 31))
