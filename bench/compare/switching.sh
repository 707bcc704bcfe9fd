#!/bin/sh
# How many frames a second does one switch carry? Dockwire's bridge (a benchmark: NIC, ring, bridge,
# NIC, one thread) beside the kernel's bridge between two namespaces and Open vSwitch with DPDK on
# one processor, alternately in one run: prints one Markdown table. All frames are of learnt
# addresses and really are switched.
#
# ROUNDS (3), SECONDS_EACH (2), WAYS and LOADS can be set.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-2}
loads=${LOADS:-2_64 1024_64 2_1514}
. "$here/measuring.sh"
. "$here/peers.sh"
. "$here/ovs_dpdk.sh"

have_benchmarks || exit 0
ways=
for way in ${WAYS:-dockwire kernel_bridge OVS-DPDK}; do
  case $way in
    kernel_bridge) have "$way" ip cc && need_namespaces "$way" || continue ;;
    OVS-DPDK) have_ovs_dpdk && need_namespaces "$way" || continue ;;
  esac
  ways="$ways $way"
done

row 2_64 high '64-byte frames/s, 2 addresses'
row 1024_64 high '64-byte frames/s, 1,024 addresses'
row 2_1514 high '1,514-byte frames/s, 2 addresses'

measure() {
  addresses=${2%_*}
  size=${2#*_}
  case $1 in
    dockwire) rate=$(jmh 'Switching.oneThread' -p "addresses=$addresses" -p "size=$size") ;;
    kernel_bridge)
      # One sender is one address; more need another program.
      [ "$addresses" = 2 ] || return 0
      kernel_bridge_rate "$id" "$size"
      ;;
    OVS-DPDK) ovs_dpdk_rate "$addresses" "$size" ;;
  esac
  figure "$1" "$2" "$rate"
}

case $ways in
  *kernel_bridge*)
    make_sockets
    kernel_bridge "$id"
    ;;
  *OVS-DPDK*) new_namespace "$id" ;;
esac
alternate
table
machine "$rounds rounds of $seconds s"
