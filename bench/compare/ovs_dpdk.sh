# Sourced by switching.sh: Open vSwitch on DPDK without hardware or huge pages. One forwarding
# thread on processor 1 takes frames from a file again and again, looks up and learns their
# addresses (the NORMAL action), and sends them to a port that forgets them. It spins, so it runs
# only while it is measured.

ovs_dpdk=/usr/lib/openvswitch-switch-dpdk/ovs-vswitchd-dpdk

have_ovs_dpdk() { have OVS-DPDK ovsdb-tool ovsdb-server ovs-vsctl ovs-appctl python3 "$ovs_dpdk"; }

# Sets $rate to the frames/s with $1 addresses, half of them at each of two ports, in frames of $2
# octets, check sequence included.
ovs_dpdk_rate() {
  folder=$run/ovs-$1-$2
  mkdir -p "$folder"
  export OVS_RUNDIR="$folder" OVS_LOGDIR="$folder" OVS_DBDIR="$folder" OVS_SYSCONFDIR="$folder"
  frames_of "$folder" "$1" "$2"
  rm -f "$folder/conf.db"
  ovsdb-tool create "$folder/conf.db" /usr/share/openvswitch/vswitch.ovsschema
  start ovsdb-server "$folder/conf.db" --remote="punix:$folder/db.sock" \
    --unixctl="$folder/db.control" --log-file=/dev/null
  database=$started
  sleep 0.5
  ovs_set --no-wait init
  ovs_set --no-wait set Open_vSwitch . other_config:dpdk-init=true \
    other_config:dpdk-extra="--no-huge --legacy-mem -m 2048 --no-pci --no-telemetry --file-prefix $id" \
    other_config:pmd-cpu-mask=0x2 other_config:dpdk-lcore-mask=0x1
  start ip netns exec "$id" "$ovs_dpdk" "unix:$folder/db.sock" --unixctl="$folder/control" \
    --log-file="$folder/log"
  switch=$started
  sleep 3
  ovs_set add-br br0 -- set bridge br0 datapath_type=netdev
  for end in 1 2; do
    ovs_set add-port br0 "dpdk$end" -- set Interface "dpdk$end" type=dpdk options:n_rxq=1 \
      options:dpdk-devargs="net_pcap$end,rx_pcap=$folder/$end.pcap,infinite_rx=1"
  done
  sleep 1
  ovs-appctl -t "$folder/control" dpif-netdev/pmd-stats-clear >>"$run/log"
  sleep "$seconds"
  ovs-appctl -t "$folder/control" dpif-netdev/pmd-perf-show >"$folder/performance"
  cat "$folder/performance" >>"$run/log"
  stop "$switch"
  stop "$database"
  rate=$(awk '/Rx packets:/ { sub(/.*\(/, ""); print $1 * 1000; exit }' "$folder/performance")
}

ovs_set() { ovs-vsctl --db="unix:$folder/db.sock" --timeout=15 "$@" >>"$run/log" 2>&1; }

# Captures 1.pcap and 2.pcap in folder $1: each address of one port talks to its partner at the other.
frames_of() {
  python3 - "$@" <<'P'
import struct, sys
folder, addresses, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) - 4
each = addresses // 2
for port, partner in ((1, 2), (2, 1)):
    with open(f"{folder}/{port}.pcap", "wb") as capture:
        capture.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for i in range(max(512, each)):
            source = struct.pack(">BBHH", 2, port, 0, i % each)
            destination = struct.pack(">BBHH", 2, partner, 0, i % each)
            frame = (destination + source + b"\x88\xb5").ljust(size, b"\0")
            capture.write(struct.pack("<IIII", 0, i, size, size) + frame)
P
}
