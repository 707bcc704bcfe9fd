# Sourced by each script here: how a run is measured and printed. A run puts lines "way load value"
# into $run/figures, going round the ways several times, and `table` prints their medians and how
# many times as good the first way, Dockwire, is as each other one.

root=$(cd "$here/../.." && pwd)
run=$(mktemp -d "${TMPDIR:-/tmp}/dockwire-compare.XXXXXX")
benchmarks=$root/bench/target/benchmarks.jar
: >"$run/figures"
: >"$run/rows"

say() { echo "${0##*/}: $1" >&2; }

# Whether all programs are there that way $1 needs; says so if not.
have() {
  needy=$1
  shift
  missing=
  for program in "$@"; do
    command -v "$program" >/dev/null || missing="$missing $program"
  done
  [ -z "$missing" ] || { say "SKIPPED $needy, missing:$missing"; return 1; }
}

# A row of the table: the load, whether a high, a low or no value of it is good, and its text.
row() { echo "$*" >>"$run/rows"; }

figure() {
  say "  $1 $2 ${3:-none}"
  [ -z "${3:-}" ] || echo "$1 $2 $3" >>"$run/figures"
}

# The JDK to run benchmarks with: 25 or newer.
find_java() {
  for jdk in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk*; do
    [ -r "$jdk/release" ] || continue
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$jdk/release")
    [ "${version:-0}" -lt 25 ] || { java=$jdk/bin/java; return 0; }
  done
  say "SKIPPED everything, missing: a JDK 25 (JAVA_HOME says where it is)"
  return 1
}

have_benchmarks() {
  find_java || return 1
  [ -r "$benchmarks" ] || { say "SKIPPED everything, missing: $benchmarks (mvn package)"; return 1; }
}

# The score of one benchmark, chosen by the JMH arguments given; short, for it is asked every round.
jmh() {
  "$java" -Djmh.ignoreLock=true -jar "$benchmarks" -f 1 -foe true \
    -wi "${WARM:-3}" -w 1 -i "$seconds" -r 1 -rf csv -rff "$run/jmh.csv" "$@" >>"$run/log" 2>&1 ||
    { tail -n 20 "$run/log" >&2; say "FAILED $*"; return 0; }
  awk -F, 'NR == 2 { print $5 }' "$run/jmh.csv"
}

product() { [ -z "$1" ] || awk -v value="$1" -v factor="$2" 'BEGIN { print value * factor }'; }

note_load() {
  load_before=$(cut -d ' ' -f 1 /proc/loadavg)
  awk -v load="$load_before" 'BEGIN { exit load >= 0.5 }' ||
    say "BUSY: the load of the machine is $load_before; the figures are not worth keeping"
}

# Every load on every way in turn, $rounds times: calls "measure WAY LOAD".
alternate() {
  note_load
  round=1
  while [ "$round" -le "$rounds" ]; do
    for load in $loads; do
      for way in $ways; do
        say "round $round: $load, $way"
        measure "$way" "$load"
      done
    done
    round=$((round + 1))
  done
}

table() {
  awk -v ways="$ways" '
    function median(key,  i, j, v, n) {
      n = count[key]
      for (i = 1; i <= n; i++) v[i] = figure[key, i]
      for (i = 2; i <= n; i++) for (j = i; j > 1 && v[j] < v[j - 1]; j--) {
        swap = v[j]; v[j] = v[j - 1]; v[j - 1] = swap
      }
      low = v[1]; high = v[n]
      return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
    }
    function grouped(digits,  left) {
      while (length(digits) > 3) {
        left = "," substr(digits, length(digits) - 2) left
        digits = substr(digits, 1, length(digits) - 3)
      }
      return digits left
    }
    function number(value) {
      return value >= 100 ? grouped(sprintf("%.0f", value)) : sprintf("%.3g", value)
    }
    FNR == NR {
      order[++rows] = $1
      good[$1] = $2
      sub(/^[^ ]+ [^ ]+ /, "")
      text[order[rows]] = $0
      next
    }
    { key = $1 " " $2; figure[key, ++count[key]] = $3; seen[$2] = 1 }
    END {
      columns = split(ways, way, " ")
      head = "| load |"; rule = "| --- |"
      for (i = 1; i <= columns; i++) { head = head " " way[i] " |"; rule = rule " --- |" }
      for (i = 2; i <= columns; i++) { head = head " × " way[i] " |"; rule = rule " --- |" }
      gsub("_", " ", head)
      print head; print rule
      for (r = 1; r <= rows; r++) {
        load = order[r]
        if (!seen[load]) continue
        line = "| " text[load] " |"; ratios = ""
        for (i = 1; i <= columns; i++) {
          key = way[i] " " load
          if (!count[key]) { line = line " – |"; if (i > 1) ratios = ratios " – |"; continue }
          middle[i] = median(key)
          line = line " " number(middle[i])
          line = line (count[key] > 1 ? " (" number(low) " … " number(high) ")" : "") " |"
          if (i == 1) continue
          above = good[load] == "low" ? middle[1] : middle[i]
          below = good[load] == "low" ? middle[i] : middle[1]
          comparable = count[way[1] " " load] && good[load] != "none" && above
          ratios = ratios (comparable ? sprintf(" %.2f |", below / above) : " – |")
        }
        print line ratios
      }
    }' "$run/rows" "$run/figures"
}

# What the table was made on and of; $1 says what it has medians of.
machine() {
  model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
  commit=$(git -C "$root" rev-parse --short HEAD 2>/dev/null || echo unknown)
  echo
  echo "$(nproc) × $model, Linux $(uname -r), $(date +%Y-%m-%d), commit $commit; medians (lowest …" \
    "highest) of $1, load of the machine before $load_before and after" \
    "$(cut -d ' ' -f 1 /proc/loadavg)."
}
