#!/bin/sh
# check.sh PICTURES SOURCE: every picture can be taken, is well-formed, and is in the tree; README shows only those.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" "$folder"
for picture in "$folder"/*.svg; do
  ! command -v xmllint > /dev/null || xmllint --noout "$picture"
  [ -s "$2/data/pictures/${picture##*/}" ] || { echo "${picture##*/} is not in data/pictures: run ./dev pictures"; exit 1; }
done
for shown in $(grep -o 'data/pictures/[a-z-]*\.svg' "$2/README.md"); do
  [ -s "$folder/${shown##*/}" ] || { echo "README shows $shown, which no picture is"; exit 1; }
done
