#!/bin/sh
# What a published port of Dockwire carries, beside docker-proxy and slirp4netns, alternately in one
# run on this machine: prints one Markdown table. Traffic stays in network namespaces that are made
# here and removed at the end; without root there are none, and no peers.
#
# ROUNDS (2), SECONDS_EACH (4), CHURN_SPANS (12, of 5 s), CHURN_WAYS, IDLE (10000), WAYS and LOADS
# can be set.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
rounds=${ROUNDS:-2}
seconds=${SECONDS_EACH:-4}
ways=${WAYS:-dockwire docker_proxy slirp4netns}
churn_spans=${CHURN_SPANS:-12}
churn_ways=${CHURN_WAYS-$ways}
idle=${IDLE:-10000}
loads=${LOADS:-keep close in out}
# For each kind of load, before Dockwire is measured; the compiler is at work for that long.
warm=10

run=$(mktemp -d "${TMPDIR:-/tmp}/dockwire-compare.XXXXXX")
outside=dwc$$-outside
guest=dwc$$-guest
processes=
dockwire_process=
. "$here/ways.sh"

say() { echo "publish.sh: $1" >&2; }

trap 'end_way; rm -rf "$run"' EXIT
trap 'exit 130' INT TERM

# Leaves out what is not installed, and says so.
choose_ways() {
  chosen=
  docker_proxy=$(PATH="$PATH:/usr/sbin:/usr/libexec/docker" command -v docker-proxy || true)
  for way in $ways; do
    missing=
    case $way in
      docker_proxy) needed='nginx iperf3 python3' && docker_proxy=${DOCKER_PROXY:-$docker_proxy} &&
        [ -n "$docker_proxy" ] || missing='docker-proxy (DOCKER_PROXY says where it is)' ;;
      slirp4netns) needed='slirp4netns nginx iperf3 python3' ;;
      *) needed= ;;
    esac
    for program in $needed; do
      command -v "$program" >/dev/null || missing="$missing $program"
    done
    [ "$way" = dockwire ] || [ "$namespaces" = yes ] || missing="$missing root"
    if [ -z "$missing" ]; then
      chosen="$chosen $way"
    else
      say "SKIPPED $way, missing: $missing"
    fi
  done
  ways=$chosen
}

wrk_rate() {
  span=$1
  shift
  in_outside wrk -t 2 -c 32 -d "${span}s" "$@" "http://127.0.0.1:$http_port/" >"$run/wrk"
  cat "$run/wrk" >>"$run/log"
  awk '/Requests\/sec/ { print $2 }' "$run/wrk"
}

gigabits() {
  in_outside timeout $((seconds + 10)) iperf3 -c 127.0.0.1 -p "$iperf_port" -f g -t "$seconds" "$@" \
    >"$run/iperf" 2>&1 || true
  cat "$run/iperf" >>"$run/log"
  awk '/receiver/ { print $(NF - 2) }' "$run/iperf"
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
  say "  $2 $value"
  [ -n "$value" ] || return 0
  echo "$1 $2 $value" >>"$run/figures"
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
  while [ "$span" -lt "$churn_spans" ]; do
    echo "$1 churn $(wrk_rate 5 -H 'Connection: close')" >>"$run/spans"
    span=$((span + 1))
  done
  sort -k 3 -g "$run/spans" | awk -v way="$1" '$1 == way { print; exit }' >>"$run/figures"
}

table() {
  awk -v ways="$ways" -v spans="$churn_spans" '
    function median(key,  i, j, v, n) {
      n = count[key]
      for (i = 1; i <= n; i++) v[i] = figure[key, i]
      for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
        swap = v[j]; v[j] = v[j - 1]; v[j - 1] = swap
      }
      low = v[1]; high = v[n]
      return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    function number(value) { return value >= 100 ? sprintf("%d", value) : sprintf("%.3g", value) }
    { key = $1 " " $2; figure[key, ++count[key]] = $3; if (!seen[$2]++) order[++rows] = $2 }
    END {
      name["keep"] = "HTTP keep-alive, requests/s (wrk, 32 connections)"
      name["close"] = "HTTP, a connection each, requests/s (wrk, 32 at a time)"
      name["in"] = "one stream to the container, Gbit/s (iperf3)"
      name["out"] = "one stream from the container, Gbit/s (iperf3 -R)"
      name["keep_cpu"] = name["close_cpu"] = "- its processor time, µs a request"
      name["in_cpu"] = name["out_cpu"] = "- its processor time, µs a megabyte"
      name["churn"] = "a connection each, slowest 5 s of " spans * 5 " s, requests/s"
      columns = split(ways, way, " ")
      head = "| load |"; rule = "| --- |"
      for (i = 1; i <= columns; i++) { head = head " " way[i] " |"; rule = rule " --- |" }
      for (i = 2; i <= columns; i++) { head = head " of " way[i] " |"; rule = rule " --- |" }
      gsub("_", "-", head)
      print head; print rule
      for (r = 1; r <= rows; r++) {
        line = "| " name[order[r]] " |"; ratios = ""
        for (i = 1; i <= columns; i++) {
          key = way[i] " " order[r]
          if (!count[key]) { line = line " – |"; if (i > 1) ratios = ratios " – |"; continue }
          middle[i] = median(key)
          line = line " " number(middle[i])
          line = line (count[key] > 1 ? " (" number(low) " … " number(high) ")" : "") " |"
          if (i > 1) ratios = ratios sprintf(" %.2f × |", middle[1] / middle[i])
        }
        print line ratios
      }
    }' "$run/figures"
}

machine() {
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
  echo "$(nproc) × $model, Linux $(uname -r), $(date +%Y-%m-%d), commit $commit; medians of $rounds" \
    "rounds of $seconds s, load of the machine before $load_before and after" \
    "$(cut -d ' ' -f 1 /proc/loadavg)."
}

for program in wrk iperf3 curl; do
  command -v "$program" >/dev/null || { say "SKIPPED everything, missing: $program"; exit 0; }
done
if [ "$(id -u)" = 0 ] && ip netns list >/dev/null 2>&1; then namespaces=yes; else namespaces=no; fi
choose_ways
load_before=$(cut -d ' ' -f 1 /proc/loadavg)
: >"$run/figures"
: >"$run/spans"

round=1
while [ "$round" -le "$rounds" ]; do
  for way in $ways; do
    say "round $round: $way"
    "begin_$way" || { tail "$run/log" >&2; say "$way does not answer"; exit 1; }
    for load in $loads; do
      measure "$way" "$load"
    done
    if [ "$round" = "$rounds" ]; then
      if [ "$way" = dockwire ] && [ "$idle" -gt 0 ]; then
        in_outside python3 "$here/idle.py" "$http_port" "$idle" "$dockwire_process" >"$run/idle"
      fi
      case " $churn_ways " in *" $way "*) churn "$way" ;; esac
    fi
    end_way
  done
  round=$((round + 1))
done

table
echo
machine
if [ -s "$run/idle" ]; then
  read -r answered before during asked after <"$run/idle"
  echo
  echo "$idle idle connections through one port: $answered answered at the end; memory of the" \
    "Dockwire process before $before MiB, with them $during, after each has had a page $asked," \
    "when they have closed $after."
fi
