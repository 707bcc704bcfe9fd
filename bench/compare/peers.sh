# Sourced by the scripts here that put a load on others: their processes and network namespaces,
# which go when the script ends, and what stands in them. Two hosts on the kernel's bridge are
# NAME-a, 10.99.0.2, and NAME-b, 10.99.0.3.

id=dwc$$
http_port=8080
iperf_port=5201
page='<html><body><h1>It works!</h1></body></html>'
processes=
made=

trap 'end_all; rm -rf "$run"' EXIT
trap 'exit 130' INT TERM

# Namespaces need root.
if [ "$(id -u)" = 0 ] && ip netns list >/dev/null 2>&1; then namespaces=yes; else namespaces=no; fi

need_namespaces() {
  [ "$namespaces" = yes ] || { say "SKIPPED $1, missing: root"; return 1; }
}

new_namespace() {
  ip netns add "$1"
  made="$made $1"
  ip -n "$1" link set lo up
  ip netns exec "$1" sysctl -qw net.ipv4.ip_local_port_range='1024 65000'
}

within() {
  namespace=$1
  shift
  ip netns exec "$namespace" "$@"
}

# Starts a command whose process goes with the others; its id is in $started.
start() {
  "$@" >>"$run/log" 2>&1 &
  started=$!
  processes="$started $processes"
}

stop() {
  kill "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}

end_all() {
  for process in $processes; do kill "$process" 2>/dev/null || true; done
  for process in $processes; do wait "$process" 2>/dev/null || true; done
  processes=
  for namespace in $made; do ip netns del "$namespace" 2>/dev/null || true; done
  made=
}

# Hosts $1-a and $1-b on a bridge of the kernel; $2 are offloads to be switched off.
kernel_bridge() {
  new_namespace "$1"
  ip -n "$1" link add br0 type bridge
  ip -n "$1" link set br0 up
  last=2
  for host in a b; do
    new_namespace "$1-$host"
    ip -n "$1" link add "port-$host" type veth peer name eth0 netns "$1-$host"
    ip -n "$1" link set "port-$host" master br0 up
    ip -n "$1-$host" addr add "10.99.0.$last/24" dev eth0
    ip -n "$1-$host" link set eth0 up
    for offload in ${2:-}; do
      within "$1" ethtool -K "port-$host" "$offload" off >>"$run/log" 2>&1 || true
      within "$1-$host" ethtool -K eth0 "$offload" off >>"$run/log" 2>&1 || true
    done
    last=$((last + 1))
  done
}

# Sets $rate to the frames/s that host $1-b receives while $1-a sends frames of $2 octets, check
# sequence included, as fast as it can.
kernel_bridge_rate() {
  from=$(within "$1-a" cat /sys/class/net/eth0/address)
  to=$(within "$1-b" cat /sys/class/net/eth0/address)
  before=$(within "$1-b" cat /sys/class/net/eth0/statistics/rx_packets)
  within "$1-a" "$run/sockets" frames eth0 "$seconds" "$from" "$to" $(($2 - 4))
  sleep 0.3
  after=$(within "$1-b" cat /sys/class/net/eth0/statistics/rx_packets)
  rate=$(((after - before) / seconds))
}

# What the kernel's sockets can do; see there.
make_sockets() { cc -O2 -o "$run/sockets" "$here/sockets.c" -lpthread; }

# One nginx worker at port $2 of namespace $1.
start_nginx() {
  mkdir -p "$run/$1"
  cat >"$run/$1/nginx.conf" <<N
daemon off; worker_processes 1; worker_rlimit_nofile 40000; pid $run/$1/nginx.pid;
error_log stderr crit;
events { worker_connections 30000; }
http {
  access_log off; keepalive_requests 1000000000; keepalive_timeout 3600s;
  server { listen $2 backlog=4096; location / { return 200 '$page\n'; } }
}
N
  start ip netns exec "$1" nginx -p "$run/$1" -c "$run/$1/nginx.conf"
}

# Gbit/s of one stream from namespace $1 to the iperf3 at 10.99.0.3.
one_stream() {
  within "$1" iperf3 -c 10.99.0.3 -p "$iperf_port" -f g -t "$seconds" -O 1 >"$run/iperf"
  iperf_rate "$run/iperf"
}

# Gbit/s, from the text of iperf3's client.
iperf_rate() {
  cat "$1" >>"$run/log"
  awk '/receiver/ { print $(NF - 2) }' "$1"
}

# Requests a second, from the text of wrk.
wrk_requests() {
  cat "$1" >>"$run/log"
  awk '/Requests\/sec/ { print $2 }' "$1"
}
