#!/bin/sh
# installed.sh BUILD PREFIX: installs into a staging folder and tries what is there.
build=$1
prefix=$2
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage$prefix
number=0

ok() {
  number=$((number + 1))
  if "$@" > "$stage/said" 2>&1; then
    echo "ok $number - $*" | sed "s|$stage||g"
  else
    echo "not ok $number - $*" | sed "s|$stage||g"
    sed 's/^/# /' "$stage/said"
  fi
}

skip() {
  number=$((number + 1))
  echo "ok $number - $1 # SKIP there is no $2"
}

file_list() {
  for file in bin/caseload share/man/man1/caseload.1 share/caseload/config.yaml \
    share/bash-completion/completions/caseload share/zsh/site-functions/_caseload \
    share/fish/vendor_completions.d/caseload.fish share/applications/caseload.desktop \
    share/icons/hicolor/scalable/apps/caseload.svg; do
    [ -s "$root/$file" ] || { echo "$file is missing"; return 1; }
  done
}

# Moved as a whole, the installation still finds its own configuration; beside the store comes first.
finds_config() {
  home=$stage/home
  mkdir -p "$home/store"
  run="env -i PATH=$PATH HOME=$home XDG_DATA_DIRS=$home ASAN_OPTIONS=detect_leaks=0 $root/bin/caseload"
  sed 's/name: Northside/name: Southside/' "$root/share/caseload/config.yaml" > "$home/store/config.yaml"
  [ -e /etc/caseload/config.yaml ] || [ "$($run check-config)" = "OK: $root/share/caseload/config.yaml" ] || return 1
  [ "$($run --store "$home/store/x.db" check-config)" = "OK: $home/store/config.yaml" ]
}

man_page() {
  said=$(LC_ALL=C.UTF-8 MANROFFSEQ='' man --warnings -E UTF-8 -l -Tutf8 "$root/share/man/man1/caseload.1" 2>&1 > "$stage/page")
  [ -z "$said" ] || { echo "$said"; return 1; }
  sed "s/.$(printf '\b')//g" "$stage/page" | grep -q claim.mark_non_payable # without the bold letters' overstrikes
}

mandoc_page() {
  said=$(mandoc -Tlint -W warning "$root/share/man/man1/caseload.1")
  [ -z "$said" ] || { echo "$said"; return 1; }
}

echo "1..7"
ok env DESTDIR="$stage" meson install -C "$build" --no-rebuild
ok file_list
ok finds_config
if command -v man > /dev/null && command -v groff > /dev/null; then ok man_page; else skip man_page man; fi
if command -v mandoc > /dev/null; then ok mandoc_page; else skip mandoc_page mandoc; fi
if command -v desktop-file-validate > /dev/null; then
  ok desktop-file-validate "$root/share/applications/caseload.desktop"
else
  skip desktop-file-validate desktop-file-validate
fi
if command -v fish > /dev/null; then
  ok fish --no-execute "$root/share/fish/vendor_completions.d/caseload.fish"
else
  skip fish fish
fi
