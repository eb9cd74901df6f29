#!/bin/sh
# Writes OUTPUT: a C table of the files named after it (name without folders, bytes, length).
# The first file after OUTPUT is this script itself and is left out.
set -eu
out=$1; shift 2
{
  echo '#include "embedded.h"'
  n=0
  for f in "$@"; do
    echo "static const unsigned char file_$n[] = {"
    od -An -v -tx1 "$f" | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'
    echo '0};'
    n=$((n + 1))
  done
  echo 'const ClEmbedded cl_embedded[] = {'
  n=0
  for f in "$@"; do
    echo "  { \"$(basename "$f")\", (const char *)file_$n, sizeof file_$n - 1 },"
    n=$((n + 1))
  done
  echo '  { 0, 0, 0 } };'
} > "$out"
