# Sourced by publish.sh: the ways in to a server behind a published port. Each leaves ports 8080
# (HTTP) and 5201 (iperf3) on 127.0.0.1 of the network namespace $outside, so that the same load can
# be put on all of them. Dockwire, whose compiler needs its time, begins once and stays, idle while
# others are measured; the others begin anew in every round.

in_outside() {
  if [ "$namespaces" = yes ]; then ip netns exec "$outside" "$@"; else "$@"; fi
}

begin() {
  outside=$id-$1
  guest=$id-$1-guest
  if [ "$1" != dockwire ] || [ -z "$dockwire_process" ]; then "begin_$1"; fi
}

# Ends what others than Dockwire have begun.
end_way() {
  for process in $processes; do
    [ "$process" = "$dockwire_process" ] || stop "$process"
  done
  processes=$dockwire_process
  ip netns del "$guest"
  ip netns del "$outside"
}

start_guest_servers() {
  start_nginx "$guest" 80
  start ip netns exec "$guest" iperf3 -s -p "$iperf_port"
}

# Returns once the page can be had, or with a failure after a minute.
wait_for_page() {
  tries=0
  until in_outside curl -sf -m 2 -o "$run/page" "http://127.0.0.1:$http_port/" &&
    grep -q 'It works' "$run/page"; do
    tries=$((tries + 1))
    [ "$tries" -lt 200 ] || return 1
    sleep 0.3
  done
}

# The virtual network of one Dockwire process: httpd and Dockwire's own iperf3.
begin_dockwire() {
  [ "$namespaces" = no ] || new_namespace "$outside"
  rm -f "$run/typed"
  mkfifo "$run/typed"
  # Not by the function, so that the process started is Dockwire itself.
  if [ "$namespaces" = yes ]; then enter="ip netns exec $outside"; else enter=; fi
  $enter "$root/tools/dockwire" shell <"$run/typed" >>"$run/log" 2>&1 &
  started=$!
  processes="$started $processes"
  dockwire_process=$started
  exec 9>"$run/typed"
  echo "docker run -d -p $http_port:80 httpd" >&9
  echo "docker run -d -p $iperf_port:$iperf_port nicolaka/netshoot iperf3 -s" >&9
  wait_for_page || return 1
  in_outside wrk -t 2 -c 32 -d "${warm}s" "http://127.0.0.1:$http_port/" >>"$run/log"
  in_outside wrk -t 2 -c 32 -d "${warm}s" -H 'Connection: close' "http://127.0.0.1:$http_port/" \
    >>"$run/log"
  in_outside iperf3 -c 127.0.0.1 -p "$iperf_port" -t "$warm" >>"$run/log"
  in_outside iperf3 -c 127.0.0.1 -p "$iperf_port" -t "$warm" -R >>"$run/log"
}

# Docker's own proxy for clients on the host's loopback; the guest hangs on a kernel bridge.
begin_docker_proxy() {
  new_namespace "$outside"
  new_namespace "$guest"
  ip -n "$outside" link add bridge0 type bridge
  ip -n "$outside" addr add 10.88.0.1/24 dev bridge0
  ip -n "$outside" link add port0 type veth peer name eth0 netns "$guest"
  ip -n "$outside" link set port0 master bridge0 up
  ip -n "$outside" link set bridge0 up
  ip -n "$guest" addr add 10.88.0.2/24 dev eth0
  ip -n "$guest" link set eth0 up
  start_guest_servers
  for ports in "$http_port 80" "$iperf_port $iperf_port"; do
    # It reports on descriptor 3 that it listens.
    start ip netns exec "$outside" "$docker_proxy" -proto tcp -host-ip 127.0.0.1 \
      -host-port "${ports% *}" -container-ip 10.88.0.2 -container-port "${ports#* }" 3>/dev/null
  done
  wait_for_page
}

# A user-space TCP/IP stack in front of the guest's TAP, frames of 1,500 bytes.
begin_slirp4netns() {
  new_namespace "$outside"
  new_namespace "$guest"
  start_guest_servers
  rm -f "$run/slirp"
  start ip netns exec "$outside" slirp4netns -c -m 1500 --netns-type=path --disable-dns \
    -a "$run/slirp" "/run/netns/$guest" tap0
  while [ ! -S "$run/slirp" ]; do sleep 0.1; done
  sleep 1
  for ports in "$http_port 80" "$iperf_port $iperf_port"; do
    python3 - "$run/slirp" "${ports% *}" "${ports#* }" >>"$run/log" <<'P'
import json, socket, sys
control = socket.socket(socket.AF_UNIX)
control.connect(sys.argv[1])
forward = {"proto": "tcp", "host_addr": "127.0.0.1",
           "host_port": int(sys.argv[2]), "guest_port": int(sys.argv[3])}
control.sendall(json.dumps({"execute": "add_hostfwd", "arguments": forward}).encode())
control.shutdown(socket.SHUT_WR)
print(control.recv(4096).decode())
P
  done
  wait_for_page
}
