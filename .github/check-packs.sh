#!/bin/sh
# Every pack that was added or changed since BASE is verified, and its board made anew: sh .github/check-packs.sh BASE
# Code that a pack holds is not run. A change that touches anything else is no pack, and is refused.
set -eu
changed=$(git diff --name-only "$1" HEAD)
other=$(printf '%s\n' "$changed" | grep -v '^leaderboard/published/[a-z0-9-]*/' || true)
if [ -n "$other" ]; then
    echo "a change that adds a pack touches nothing but leaderboard/published/NAME/, and this one: $other" >&2
    exit 1
fi
names=$(printf '%s\n' "$changed" | sed -n 's|^leaderboard/published/\([a-z0-9-]*\)/pack\.zip$|\1|p' | sort -u)
for name in $names; do
    "${PYTHON:-.venv/bin/python}" -m memorank.accepting "$name" --cells 8
done
