#!/usr/bin/env bash
# Counts the instructions of some commands on a small file and fails where one takes a tenth more
# than is recorded in benches/instructions.txt. Unlike time, the count is the same on a busy
# machine. `benches/instructions.sh --record` records anew.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v valgrind > /dev/null; then
    root=()
    if [ "$(id -u)" != 0 ]; then root=(sudo -n); fi
    export DEBIAN_FRONTEND=noninteractive
    "${root[@]}" apt-get install -y valgrind > /dev/null ||
        { "${root[@]}" apt-get update && "${root[@]}" apt-get install -y valgrind; } > /dev/null
fi
cargo build --release
work=target/instructions
recorded=benches/instructions.txt
mkdir -p "$work"
# The small file: the bundled boundaries of April 2023 as GeoJSON.
target/release/ics-atlas simplify geodata/boundaries/icb-2023-04.topojson "$work/small.geojson" \
    --part icb --keep 100% > /dev/null

# One thread: several wait for each other by spinning.
count() {
    RAYON_NUM_THREADS=1 valgrind --tool=callgrind --callgrind-out-file=/dev/null \
        target/release/ics-atlas "$@" 2> "$work/told.txt" > /dev/null
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/told.txt"
}

commands=(
    "check $work/small.geojson"
    "simplify $work/small.geojson $work/few.geojson --keep 5%"
    "export $work/map.png --file $work/small.geojson"
    "at 51.47,-0.02"
    "list"
    "changes 2023-04 2026-04"
)
if [ "${1:-}" = --record ]; then
    for command in "${commands[@]}"; do
        # shellcheck disable=SC2086
        echo "$(count $command) $command"
    done | tee "$recorded"
    exit
fi
failed=0
for command in "${commands[@]}"; do
    before=$(awk -v command="$command" '{ n = $1; $1 = ""; if (substr($0, 2) == command) print n }' "$recorded")
    # shellcheck disable=SC2086
    now=$(count $command)
    if [ -z "$before" ] || [ -z "$now" ] || [ "$now" -gt $((before * 11 / 10)) ]; then
        echo "ics-atlas $command: ${now:-no} instructions, recorded are ${before:-none}"
        failed=1
    else
        echo "ics-atlas $command: $now instructions of $before"
    fi
done
exit "$failed"
