#!/bin/sh
# The lint itself: every rule must catch its bad example (tests/lint/bad/RULE/, each file of which breaks
# that rule and no other) and let the good one pass. Output in TAP.
set -eu
cd "$(dirname "$0")"
number=0

result() {
  number=$((number + 1))
  echo "$1 $number - $2"
}

rules=$(sed -n 's/^rules="\(.*\)"$/\1/p' lint.sh | tr '_ ' '-\n')
echo "1..$(($(printf '%s\n' "$rules" | wc -l) + 1))"
for rule in $rules; do
  if [ ! -d "bad/$rule" ]; then
    result "not ok" "$rule has no bad example"
    continue
  fi
  output=$(./lint.sh "bad/$rule") && status=0 || status=$?
  wrong=$(printf '%s\n' "$output" | grep -v ": $rule: " || true)
  missed=
  for file in $(cd "bad/$rule" && find . -name '*.c' ! -path '*/catalogue/*' ! -name kept.c | sed 's|^\./||'); do
    printf '%s\n' "$output" | grep -q "^$file:" || missed="$missed $file"
  done
  if [ "$status" != 1 ] || [ -n "$wrong" ] || [ -n "$missed" ]; then
    result "not ok" "$rule catches its bad example"
    printf '%s\n' "missed:$missed" "$output" | head -n 20 | sed 's/^/# /'
  else
    result ok "$rule catches its bad example"
  fi
done
if output=$(./lint.sh good); then
  result ok "the good example passes"
else
  result "not ok" "the good example passes"
  printf '%s\n' "$output" | sed 's/^/# /'
fi
