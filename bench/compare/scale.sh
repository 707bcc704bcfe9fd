#!/bin/sh
# What does a frame cost, and how much memory is taken, where there are few containers, networks or
# connections and where there are many? Writes a table and a picture of each into bench/results, or
# into the folder given. Each curve has a JVM of its own; all take about four minutes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/measuring.sh"
trap 'rm -rf "$run"' EXIT

have_benchmarks || exit 0
for curve in connections networks containers; do
  "$java" -XX:+UseSerialGC -Xms6g -Xmx6g -Djdk.virtualThreadScheduler.parallelism=1 \
    -cp "$benchmarks" dev.dockwire.bench.ScaleCurves "$curve" "${1:-$root/bench/results}" >&2
done
