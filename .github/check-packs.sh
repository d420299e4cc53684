#!/bin/sh
# The packs that were added or changed since BASE are verified, and their boards made: sh .github/check-packs.sh BASE
# Code that a pack holds is not run. A change that touches anything but leaderboard/published/NAME/pack.zip is refused,
# and so is one without a pack.
set -eu
changed=$(git diff --no-renames --name-only "$1" HEAD)
pack='leaderboard/published/[a-z0-9]\{1,\}\(-[a-z0-9]\{1,\}\)*/pack\.zip'
other=$(printf '%s\n' "$changed" | grep -vx "$pack" || true)
if [ -n "$other" ] || [ -z "$changed" ]; then
    echo "a change that adds packs touches leaderboard/published/NAME/pack.zip alone, and this one: ${other:-nothing}" >&2
    exit 1
fi
for file in $changed; do
    name=${file%/pack.zip}
    "${PYTHON:-.venv/bin/python}" -m memorank.accepting "${name##*/}" --cells 8
done
