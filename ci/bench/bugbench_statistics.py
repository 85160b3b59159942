# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Statistics of censored times: some are only known to exceed the cap.

A time is a pair (executions, found): found False means censored, the run was stopped at that time.
"""

import math


def survival(times):
    """Kaplan-Meier: [(time, share not found after it)], beginning with (0, 1.0)."""
    curve = [(0, 1.0)]
    for time in sorted({t for t, found in times if found}):
        at_risk = sum(t >= time for t, _ in times)
        events = sum(found and t == time for t, found in times)
        curve.append((time, curve[-1][1] * (1 - events / at_risk)))
    return curve


def median(times):
    """The time at which half are found; None when that is later than what was seen."""
    return next((time for time, share in survival(times) if share <= 0.5 + 1e-12), None)


def restricted_mean(times, cap):
    """RMST: the area below the survival curve up to the cap."""
    curve = [point for point in survival(times) if point[0] < cap] + [(cap, 0.0)]
    return sum(share * (after - before)
               for (before, share), (after, _) in zip(curve, curve[1:]))


def ranked(times, cap):
    """For comparisons by rank: what was not found is as late as can be, and ties with its like."""
    return [t if found else cap + 1 for t, found in times]


def a12(ours, theirs):
    """Vargha and Delaney: how likely a run of ours is quicker than one of theirs; 0.5 is even."""
    wins = sum((a < b) + (a == b) / 2 for a in ours for b in theirs)
    return wins / (len(ours) * len(theirs))


def mann_whitney(ours, theirs):
    """Two-sided p by the normal approximation, corrected for ties and continuity."""
    n, m = len(ours), len(theirs)
    values = sorted([*ours, *theirs])
    ties = sum(count**3 - count for count in map(values.count, set(values)))
    total = n + m
    variance = n * m / 12 * ((total + 1) - ties / (total * (total - 1)))
    if variance <= 0:
        return 1.0
    distance = abs(a12(ours, theirs) * n * m - n * m / 2)
    return math.erfc(max(0.0, distance - 0.5) / math.sqrt(variance) / math.sqrt(2))


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values))
