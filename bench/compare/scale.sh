#!/bin/sh
# What does a frame cost, and how much memory is taken, where there are few containers, networks or
# connections and where there are many? Writes tables and pictures into bench/results, or into the
# folder given. Each curve has a JVM of its own; all take about four minutes.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
. "$here/measuring.sh"
trap 'rm -rf "$run"' EXIT
results=${1:-$root/bench/results}

have_benchmarks || exit 0
note_load
for curve in containers networks connections; do
  "$java" -XX:+UseSerialGC -Xms6g -Xmx6g -Djdk.virtualThreadScheduler.parallelism=1 \
    -cp "$benchmarks" dev.dockwire.bench.ScaleCurves "$curve" "$results" >&2
  awk -F, '
    NR == 1 { print "\n| " $1 " | frames/s | ns a frame | the same few at work | MiB of heap | KiB each |" }
    NR == 1 { print "| --- | --- | --- | --- | --- | --- |"; next }
    { gsub(",", " | "); print "| " $0 " |" }' "$results/$curve.csv" >>"$run/scale.md"
done
{
  echo '# Curves, as measured'
  cat "$run/scale.md"
  machine 'five slices of processor time of one thread'
} >"$results/scale.md"
