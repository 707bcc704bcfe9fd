#!/bin/sh
# What a published port of Dockwire carries, beside docker-proxy and slirp4netns, alternately in one
# run on this machine: prints one Markdown table. Without root there are no network namespaces, and
# no peers.
#
# ROUNDS (2), SECONDS_EACH (4), CHURN_SPANS (0, of 5 s), IDLE (10000), WAYS and LOADS can be set.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-2}
seconds=${SECONDS_EACH:-4}
ways=${WAYS:-dockwire docker_proxy slirp4netns}
churn_spans=${CHURN_SPANS:-0}
idle=${IDLE:-10000}
loads=${LOADS:-keep close in out}
# For each kind of load, before Dockwire is measured; the compiler is at work for that long.
warm=${WARM:-6}
dockwire_process=
. "$here/measuring.sh"
. "$here/peers.sh"
. "$here/ways.sh"

row keep high 'HTTP keep-alive, requests/s (wrk, 32 connections)'
row keep_cpu low '- its processor time, µs a request'
row close high 'HTTP, a connection each, requests/s (wrk, 32 at a time)'
row close_cpu low '- its processor time, µs a request'
row in high 'one stream to the container, Gbit/s (iperf3)'
row in_cpu low '- its processor time, µs a megabyte'
row out high 'one stream from the container, Gbit/s (iperf3 -R)'
row out_cpu low '- its processor time, µs a megabyte'
row churn high "a connection each, slowest 5 s of $churn_spans × 5 s, requests/s"

# Leaves out what is not installed, and says so.
choose_ways() {
  chosen=
  docker_proxy=$(PATH="$PATH:/usr/sbin:/usr/libexec/docker" command -v docker-proxy || true)
  docker_proxy=${DOCKER_PROXY:-${docker_proxy:-docker-proxy}}
  for way in $ways; do
    case $way in
      docker_proxy)
        have "$way (DOCKER_PROXY says where it is)" nginx iperf3 python3 "$docker_proxy" || continue
        need_namespaces "$way" || continue
        ;;
      slirp4netns)
        have "$way" slirp4netns nginx iperf3 python3 && need_namespaces "$way" || continue
        ;;
    esac
    chosen="$chosen $way"
  done
  ways=$chosen
}

wrk_rate() {
  span=$1
  shift
  in_outside wrk -t 2 -c 32 -d "${span}s" "$@" "http://127.0.0.1:$http_port/" >"$run/wrk"
  wrk_requests "$run/wrk"
}

gigabits() {
  in_outside timeout $((seconds + 10)) iperf3 -c 127.0.0.1 -p "$iperf_port" -f g -t "$seconds" "$@" \
    >"$run/iperf" 2>&1 || true
  iperf_rate "$run/iperf"
}

# Clock ticks of processor time that the processes of a way have had, the kernel's on their behalf
# included.
ticks() {
  if [ "$namespaces" = yes ]; then
    pids="$(ip netns pids "$outside") $(ip netns pids "$guest" 2>/dev/null || true)"
  else
    pids=$dockwire_process
  fi
  for pid in $pids; do cat "/proc/$pid/stat" 2>/dev/null || true; done |
    awk '{ sub(/.*\) /, ""); sum += $12 + $13 } END { print sum + 0 }'
}

# Load $2 once on way $1: its figure, and the microseconds of processor time for each request or
# megabyte.
measure() {
  before_ticks=$(ticks)
  value=$(figure_of "$2")
  spent=$(($(ticks) - before_ticks))
  figure "$1" "$2" "$value"
  [ -n "$value" ] || return 0
  awk -v way="$1" -v load="$2" -v value="$value" -v seconds="$seconds" -v spent="$spent" \
    -v hertz="$(getconf CLK_TCK)" 'BEGIN {
      units = load == "in" || load == "out" ? value * 125 : value
      print way, load "_cpu", spent / hertz * 1e6 / (units * seconds)
    }' >>"$run/figures"
}

figure_of() {
  case $1 in
    keep) wrk_rate "$seconds" ;;
    close) wrk_rate "$seconds" -H 'Connection: close' ;;
    in) gigabits ;;
    out) gigabits -R ;;
  esac
}

# The slowest of the spans of a minute in which every request has its own connection.
churn() {
  span=0
  [ "$churn_spans" -gt 0 ] || return 0
  while [ "$span" -lt "$churn_spans" ]; do
    echo "$1 churn $(wrk_rate 5 -H 'Connection: close')" >>"$run/spans"
    span=$((span + 1))
  done
  sort -k 3 -g "$run/spans" | awk -v way="$1" '$1 == way { print; exit }' >>"$run/figures"
}

have everything wrk iperf3 curl || exit 0
choose_ways
note_load
: >"$run/spans"

round=1
while [ "$round" -le "$rounds" ]; do
  for way in $ways; do
    say "round $round: $way"
    begin "$way" || { tail "$run/log" >&2; say "$way does not answer"; exit 1; }
    for load in $loads; do
      measure "$way" "$load"
    done
    if [ "$round" = "$rounds" ]; then
      if [ "$way" = dockwire ] && [ "$idle" -gt 0 ]; then
        in_outside python3 "$here/idle.py" "$http_port" "$idle" "$dockwire_process" >"$run/idle"
      fi
      churn "$way"
    fi
    [ "$way" = dockwire ] || end_way
  done
  round=$((round + 1))
done

table
machine "$rounds rounds of $seconds s"
if [ -s "$run/idle" ]; then
  read -r answered before during asked after <"$run/idle"
  echo
  echo "$idle idle connections through one port: $answered answered at the end; memory of the" \
    "Dockwire process before $before MiB, with them $during, after each has had a page $asked," \
    "when they have closed $after."
fi
