#!/bin/sh
# What does TCP between two hosts carry? Dockwire (benchmarks: two hosts on a bridge, frames of
# 1,500 bytes, one thread) beside the kernel's bridge between two namespaces, as it is and without
# the offloads that spare it real frames, and the kernel's loopback, alternately in one run: prints
# one Markdown table. The kernel's round trips are of two programs on one processor, its better
# case; everything else of the kernel's may use all processors.
#
# ROUNDS (2), SECONDS_EACH (3), WAYS and LOADS can be set.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-2}
seconds=${SECONDS_EACH:-3}
loads=${LOADS:-stream round_trip connect http}
. "$here/measuring.sh"
. "$here/peers.sh"

have_benchmarks || exit 0
ways=
for way in ${WAYS:-dockwire kernel_bridge kernel_bridge_without_offloads kernel_loopback}; do
  case $way in
    kernel_*) have "$way" ip ethtool iperf3 wrk nginx cc taskset && need_namespaces "$way" || continue ;;
  esac
  ways="$ways $way"
done

row stream high 'one stream, Gbit/s'
row events low 'one byte there and back, event-driven, µs'
row blocking low 'one byte there and back, blocking programs, µs'
row connect high 'connect, a byte each way, close, a second'
row http high 'HTTP keep-alive, 32 connections, requests/s'

dockwire() {
  case $1 in
    stream) figure dockwire stream "$(product "$(jmh 'TcpStream.stream')" 8e-9)" ;;
    round_trip)
      figure dockwire events "$(product "$(jmh 'TcpStream.roundTrip')" 1e-3)"
      figure dockwire blocking "$(product "$(jmh BlockingRoundTrip)" 1e-3)"
      ;;
    connect) figure dockwire connect "$(jmh ConnectClose)" ;;
    http) figure dockwire http "$(jmh HttpKeepAlive -p image=httpd)" ;;
  esac
}

# Puts load $2 on way $1, from namespace $client to 10.99.0.3, where the servers are.
kernel() {
  case $2 in
    stream) figure "$1" stream "$(one_stream "$client")" ;;
    round_trip)
      micros=$(within "$client" taskset -c 0 "$run/sockets" roundtrips 10.99.0.3 "$seconds")
      figure "$1" events "$micros"
      figure "$1" blocking "$micros"
      ;;
    connect)
      figure "$1" connect "$(within "$client" "$run/sockets" connects 10.99.0.3 "$seconds")"
      ;;
    http)
      within "$client" wrk -t 2 -c 32 -d "${seconds}s" http://10.99.0.3/ >"$run/wrk"
      figure "$1" http "$(wrk_requests "$run/wrk")"
      ;;
  esac
}

measure() {
  client=$id-$1-a
  case $1-$2 in
    dockwire-*) dockwire "$2" ;;
    # Without offloads only whole segments differ.
    kernel_bridge_without_offloads-stream) kernel "$1" "$2" ;;
    kernel_bridge_without_offloads-*) ;;
    *) kernel "$1" "$2" ;;
  esac
}

# Servers in namespace $1.
start_servers() {
  start ip netns exec "$1" iperf3 -s -p "$iperf_port"
  start ip netns exec "$1" taskset -c 0 "$run/sockets" echo 10.99.0.3
  start ip netns exec "$1" "$run/sockets" serve 10.99.0.3
  start_nginx "$1" 80
}

case $ways in *kernel*) make_sockets ;; esac
for way in $ways; do
  case $way in
    kernel_bridge) kernel_bridge "$id-$way" ;;
    kernel_bridge_without_offloads) kernel_bridge "$id-$way" 'tso gso gro tx sg' ;;
    kernel_loopback)
      new_namespace "$id-$way-a"
      ip -n "$id-$way-a" addr add 10.99.0.3/32 dev lo
      start_servers "$id-$way-a"
      continue
      ;;
    *) continue ;;
  esac
  start_servers "$id-$way-b"
done
sleep 1

alternate
table
machine "$rounds rounds of $seconds s"
