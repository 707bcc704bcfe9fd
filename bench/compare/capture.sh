#!/bin/sh
# What does it cost to have every frame written to a file? One TCP stream and small frames, without
# and with a capture, in Dockwire (benchmarks) and, with tcpdump at the receiver, on the kernel's
# bridge between two namespaces without offloads, where frames are as large as on a wire;
# alternately in one run. Prints one Markdown table. The files are on the disk of the folder for
# temporary files, some gigabytes at a time, and are not waited for until they are on the disk.
#
# ROUNDS (2), SECONDS_EACH (2), WAYS and LOADS can be set.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-2}
seconds=${SECONDS_EACH:-2}
loads=${LOADS:-stream frames}
. "$here/measuring.sh"
. "$here/peers.sh"

have_benchmarks || exit 0
ways=
for way in ${WAYS:-dockwire kernel_bridge}; do
  case $way in
    kernel_*) have "$way" ip ethtool iperf3 tcpdump cc && need_namespaces "$way" || continue ;;
  esac
  ways="$ways $way"
done

row stream high 'one stream, Gbit/s'
row stream_captured high '- with all its frames written to a file, Gbit/s'
row stream_cost none '- what that costs, %'
row stream_lost none '- frames that are not in the file, %'
row stream_96_captured high '- with the first 96 octets of each in a file, Gbit/s'
row stream_96_cost none '- what that costs, %'
row stream_96_lost none '- frames that are not in the file, %'
row frames high '64-byte frames/s'
row frames_captured high '- with all of them written to a file, frames/s'
row frames_cost none '- what that costs, %'
row frames_lost none '- frames that are not in the file, %'

# Sets $rate for load $1 on Dockwire, with a capture in form $2 or "off", and $lost.
dockwire_rate() {
  : >"$run/log"
  case $1 in
    stream) rate=$(product "$(jmh TcpStream.stream -p "capture=$2")" 8e-9) ;;
    frames) rate=$(jmh CaptureCost -p size=64 -p "capture=$2") ;;
  esac
  lost=$(sed -n 's/^captured \([0-9]*\) frames, lost \([0-9]*\)$/\1 \2/p' "$run/log" | share_lost)
}

# The same for the kernel's bridge and tcpdump.
kernel_rate() {
  if [ "$2" != off ]; then
    case $2 in *-*) snap=${2#*-} ;; *) snap=0 ;; esac
    start ip netns exec "$id-b" tcpdump -Z root -i eth0 -n -B 65536 -s "$snap" -w "$run/capture.pcap"
    tcpdump=$started
    sleep 1
  fi
  : >"$run/log"
  case $1 in
    stream) rate=$(one_stream "$id-a") ;;
    frames) kernel_bridge_rate "$id" 64 ;;
  esac
  [ "$2" != off ] || return 0
  stop "$tcpdump"
  rm -f "$run/capture.pcap"
  lost=$(awk '/packets captured/ { captured = $1 } /dropped by kernel/ { print captured, $1 }' \
    "$run/log" | share_lost)
}

# Per cent lost, from lines "captured lost".
share_lost() {
  awk '{ captured += $1; lost += $2 } END { print captured ? 100 * lost / (captured + lost) : 0 }'
}

measure() {
  case $1 in dockwire) ask=dockwire_rate ;; *) ask=kernel_rate ;; esac
  "$ask" "$2" off
  without=$rate
  [ -z "$without" ] || figure "$1" "$2" "$without"
  measure_captured "$1" "$2" pcapng "$2"
  [ "$2" != stream ] || measure_captured "$1" "$2" pcapng-96 "$2_96"
}

# Load $2 of way $1 with a capture in form $3, for the rows whose names begin with $4.
measure_captured() {
  "$ask" "$2" "$3"
  [ -n "$without" ] && [ -n "$rate" ] || return 0
  figure "$1" "$4_captured" "$rate"
  figure "$1" "$4_cost" "$(awk -v a="$without" -v b="$rate" 'BEGIN { print 100 * (1 - b / a) }')"
  figure "$1" "$4_lost" "$lost"
}

case $ways in
  *kernel*)
    make_sockets
    kernel_bridge "$id" 'tso gso gro tx sg'
    start ip netns exec "$id-b" iperf3 -s -p "$iperf_port"
    sleep 1
    ;;
esac
alternate
table
machine "$rounds rounds of $seconds s"
