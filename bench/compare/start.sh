#!/bin/sh
# How long from nothing until one host has another one's answer to a ping? Dockwire from the start
# of its process, its shell with the machine's own clock and its `play` of the same in virtual time;
# beside them two network namespaces on a bridge of the kernel, made for it, and two containers of a
# Docker engine where there is one. Prints one Markdown table.
#
# ROUNDS (10), WAYS can be set.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
rounds=${ROUNDS:-10}
loads=ping
. "$here/measuring.sh"
. "$here/peers.sh"

ways=
for way in ${WAYS:-dockwire dockwire_play kernel_namespaces docker_engine}; do
  case $way in
    kernel_namespaces) have "$way" ip ping && need_namespaces "$way" || continue ;;
    docker_engine)
      have "$way" docker || continue
      docker image inspect alpine >/dev/null 2>&1 ||
        { say "SKIPPED $way, missing: an engine that has alpine"; continue; }
      ;;
  esac
  ways="$ways $way"
done

row ping low 'start to the first reply, ms'

cat >"$run/ping.md" <<'M'
```console
$ docker run -itd --name a1 alpine
[..]
$ docker run -itd --name a2 alpine
[..]
$ docker exec a1 ping -c 1 172.17.0.3
...
```
M

dockwire() {
  "$root/tools/dockwire" shell <<C
docker run -itd --name a1 alpine
docker run -itd --name a2 alpine
docker exec a1 ping -c 1 172.17.0.3
C
}

dockwire_play() { "$root/tools/dockwire" play "$run/ping.md"; }

kernel_namespaces() {
  kernel_bridge "$id"
  within "$id-a" ping -c 1 10.99.0.3
}

docker_engine() {
  docker run -d --rm --name "$id-a1" alpine sleep 60
  docker run -d --rm --name "$id-a2" alpine sleep 60
  docker exec "$id-a1" ping -c 1 \
    "$(docker inspect -f '{{.NetworkSettings.IPAddress}}' "$id-a2")"
}

# The moment when the first reply is read, in nanoseconds; the rest is read, too.
first_reply() {
  while read -r line; do
    case $line in *'bytes from '*) date +%s%N; cat >/dev/null ;; esac
  done
}

measure() {
  begin=$(date +%s%N)
  reply=$("$1" 2>>"$run/log" | first_reply)
  [ -z "$reply" ] || figure "$1" "$2" "$(((reply - begin) / 10000))e-2"
  case $1 in
    kernel_namespaces) for namespace in $made; do ip netns del "$namespace"; done ;;
    docker_engine) docker rm -f "$id-a1" "$id-a2" >>"$run/log" ;;
  esac
}

# Made in a subshell, which cannot tell.
made="$id $id-a $id-b"

# The first use after a build makes a cache of classes.
dockwire_play >>"$run/log"
alternate
table
machine "$rounds rounds"
