#!/bin/sh
# Runs every comparison, one after the other, and writes their tables to bench/results/compare.md,
# or to the file given. About ten minutes; best while the machine has nothing else to do.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
results=${1:-$here/../results/compare.md}
mkdir -p "$(dirname "$results")"

{
  echo '# Dockwire beside others, as measured'
  echo
  echo 'Written by `bench/compare/all.sh`; what each table compares says `bench/compare/README.md`.'
  for question in switching tcp capture start publish; do
    echo
    echo "## $question.sh"
    echo
    "$here/$question.sh"
  done
} >"$results.new"
mv "$results.new" "$results"
