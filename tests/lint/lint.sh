#!/bin/sh
# The rules of the house that a machine can check. Prints "path:line: rule: sentence" for each breach
# and exits 1 when there is one.
#
#   lint.sh [--rule NAME] [--report] [--objects FOLDER] [TREE]
#
# --objects looks for visible globals in the objects of a build folder as well; --report also names
# long functions that are still within the limit.
set -eu
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
only=
report=
objects=
while [ $# -gt 0 ]; do
  case $1 in
    --rule) only=$2; shift ;;
    --objects) objects=$2; shift ;;
    --report) report=1 ;;
    *) break ;;
  esac
  shift
done
tree=${1:-$here/../..}
cd "$tree"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
code=$work/code
bare=$work/bare
: > "$code"
: > "$bare"
: > "$work/found"

folders=
for folder in include src ui; do
  [ ! -d "$folder" ] || folders="$folders $folder"
done
# shellcheck disable=SC2086
find $folders -name '*.[ch]' | sort > "$work/files"
xargs awk -v code="$code" -v bare="$bare" -f "$here/strip.awk" < "$work/files"

# Turns "path:line:anything" lines into findings of a rule.
found() {
  awk -F: -v rule="$1" -v sentence="$2" '{ print $1 ":" $2 ": " rule ": " sentence }' >> "$work/found"
}

in_src='^(src|include)/'
in_ui='^ui/'

# ---- layers ----------------------------------------------------------------------

rule_ui_includes() {
  grep -E "$in_ui" "$code" | grep -E '#[ ]*include[ ]*[<"]((\.\./)*(src|store)/|sqlite3|sqlcipher|yaml|sodium|csv)' |
    found ui-includes "ui/ knows src/ by <caseload/…> headers only" || true
  while IFS= read -r file; do
    case $file in ui/*) ;; *) continue ;; esac
    folder=${file%/*}
    grep -nE '^#include "' "$file" | sed 's/^\([0-9]*\):#include "\([^"]*\)".*/\1 \2/' |
      while read -r number name; do
        [ -f "$folder/$name" ] || [ -f "ui/$name" ] || echo "$file:$number:"
      done
  done < "$work/files" | found ui-includes "this header is not one of ui/" || true
}

rule_src_screen() {
  grep -E "$in_src" "$code" | grep -E '#[ ]*include[ ]*([<"]((\.\./)*ui/|ncurses|curses|panel)|<(form|menu)\.h>)' |
    found src-screen "src/ and include/ know no screen" || true
}

rule_curses_files() {
  grep -E "$in_ui" "$code" | grep -E '#[ ]*include[ ]*([<"](ncurses|curses|panel)|<(form|menu|term)\.h>)' |
    grep -vE '^ui/(term|draw|theme)\.c:' | found curses-files "ncurses is known to ui/term.c, ui/draw.c and ui/theme.c only" || true
}

rule_sqlite_files() {
  grep -E '(sqlite3_[a-z]|#[ ]*include[ ]*[<"](sqlite3|sqlcipher))' "$bare" "$code" | sed "s|^$work/[a-z]*:||" | sort -u |
    grep -vE '^src/store/' | found sqlite-files "SQLite is known to src/store/ only" || true
}

rule_dml() {
  grep -E '"[^"]*(INSERT (OR [A-Z]+ )?INTO|UPDATE [A-Za-z_%]+ SET|DELETE FROM|REPLACE INTO)' "$code" |
    grep -vE '^src/store/' | found dml "SQL that writes belongs to src/store/ and data/" || true
}

rule_src_prints() {
  grep -E "$in_src" "$bare" |
    grep -E '(^|[^A-Za-z0-9_])(printf|vprintf|puts|putchar|perror|g_print|g_printerr|g_message|g_warning|g_critical|g_error|exit|_exit|abort|quick_exit)[ ]*\(' |
    found src-prints "src/ neither prints nor ends the program: return a GError" || true
  grep -E "$in_src" "$bare" | grep -E '(^|[^A-Za-z0-9_])(stdout|stderr)([^A-Za-z0-9_]|$)' |
    found src-prints "src/ neither prints nor ends the program: return a GError" || true
}

# ---- one table, one place ----------------------------------------------------------

# The program's own records (runs, their history, saved searches) have screens of their own and may be named.
rule_kind_names() {
  # shellcheck disable=SC2046
  kinds=$(cat /dev/null $(find src/catalogue -name '*.c' 2>/dev/null) |
    sed -n 's/.*\.id = "\([a-z_]*\)", \.plural = "\([a-z-]*\)".*/\1 \2/p')
  for kind in $kinds; do
    case $kind in run | runs | history | saved_search | saved-searches) continue ;; esac
    grep -E '^ui/(widgets|screens)/' "$code" | grep -F "\"$kind\"" | grep -vE '^ui/screens/home' || true
  done | found kind-names "a widget or screen serves every kind; only home names kinds"
}

rule_one_caller() {
  grep -E '(^|[^A-Za-z0-9_])ppoll[ ]*\(' "$bare" | grep -vE '^ui/loop\.c:' |
    found one-caller "ppoll is called by ui/loop.c only" || true
  grep -E '(^|[^A-Za-z0-9_])w?get_wch[ ]*\(' "$bare" | grep -vE '^ui/term\.c:' |
    found one-caller "get_wch is called by ui/term.c only" || true
}

rule_clock() {
  grep -E '(^|[^A-Za-z0-9_])(time[ ]*\((NULL|0|&)|gettimeofday|g_get_real_time|g_date_time_new_now[a-z_]*|g_date_set_time[a-z_]*)' "$bare" |
    grep -vE '^src/clock\.c:' | found clock "the time of day comes from cl_clock_*()" || true
  grep -E 'CLOCK_REALTIME' "$bare" | grep -vE '^src/clock\.c:' |
    found clock "the time of day comes from cl_clock_*()" || true
}

# ---- sizes -------------------------------------------------------------------------

# tests/lint/long-files may name files over 600 lines with their present length; it may only shrink.
rule_file_length() {
  exceptions=tests/lint/long-files
  [ -f "$exceptions" ] || exceptions=/dev/null
  xargs wc -l < "$work/files" | awk '$2 != "total" { print $1, $2 }' |
    awk -v exceptions="$exceptions" '
      BEGIN { while ((getline line < exceptions) > 0) { split(line, part, " "); if (part[1] ~ /^[0-9]+$/) allowed[part[2]] = part[1] } }
      { seen[$2] = $1 }
      $1 > 900 { print $2 ":1: file-length: " $1 " lines are more than the hard limit of 900"; next }
      $1 > 600 && !($2 in allowed) { print $2 ":1: file-length: " $1 " lines are more than 600; is there a second noun inside?" }
      $1 > 600 && ($2 in allowed) && $1 > allowed[$2] { print $2 ":1: file-length: grew from " allowed[$2] " to " $1 " lines; exceptions only shrink" }
      END {
        for (path in allowed)
          if (!(path in seen) || seen[path] <= 600)
            print exceptions ":1: file-length: " path " no longer needs its exception; remove the line"
      }' >> "$work/found"
}

rule_function_length() {
  awk -v limit=100 -f "$here/functions.awk" "$bare" |
    awk -F: '{ print $1 ":" $2 ": function-length: " $4 " has " $3 " lines, more than 100" }' >> "$work/found"
}

# ---- globals -----------------------------------------------------------------------

rule_globals() {
  # Definitions at the left margin that are neither static nor constant. A pointer is constant only with
  # "*const".
  grep -E '\.c:[0-9]+:[A-Za-z_][A-Za-z0-9_ *]*[ *][A-Za-z0-9_]+(\[[^]]*\])*[ ]*(=|;)' "$bare" |
    grep -vE ':[0-9]+:(static|typedef|extern|return|goto|struct [A-Za-z_]+;|union |enum |G_DEFINE|else|case|default|break)' |
    grep -vE ':[0-9]+:(const [A-Za-z_][A-Za-z0-9_ ]*|[A-Za-z_][A-Za-z0-9_ *]*\* ?const [A-Za-z_0-9]+)(\[[^]]*\])*[ ]*(=|;)' |
    found globals "no variable is visible outside its file" || true
  [ -n "$objects" ] && command -v nm >/dev/null 2>&1 || return 0
  find "$objects/src" "$objects/ui" \( -name '*.c.o' -o -name '*.a' \) 2>/dev/null |
    while IFS= read -r object; do
      nm --format=sysv "$object" 2>/dev/null | awk -F'|' -v object="${object##*/}" '
        { gsub(/ /, "", $1); gsub(/ /, "", $3); gsub(/ /, "", $7) }
        $3 ~ /^[BDCG]$/ && $7 !~ /^\.data\.rel\.ro/ && $1 !~ /^__(odr_)?[aut]san/ {
          print object ":1: globals: " $1 " is visible outside its file" }'
    done >> "$work/found"
}

# ---- words -------------------------------------------------------------------------

rule_words() {
  list=$work/texts
  find . \( -name .git -o -name 'build*' -o -path ./tests/lint \) -prune -o -type f \
    \( -name '*.[ch]' -o -name '*.md' -o -name '*.sh' -o -name '*.sql' -o -name '*.yaml' -o -name meson.build -o -name dev \) -print |
    sed 's|^\./||' | sort > "$list"
  [ -s "$list" ] || return 0
  xargs grep -nHE '(^|[^A-Za-z])(TODO|FIXME|XXX|HACK|WIP)([^A-Za-z]|$)|[Nn]ot implemented|[^A-Za-z]for now([^A-Za-z]|$)' \
    < "$list" | found words "say it in an issue, or do it" || true
  xargs grep -nHE '^/\* [a-z_]+\.c \*/$' < "$list" | grep ':1:' | found words "this file says nothing yet" || true
  xargs grep -nHE '(^|[^A-Za-z0-9_.$}])/(home|root|Users)/[A-Za-z]' < "$list" |
    found words "a path of somebody's machine" || true
}

rules="ui_includes src_screen curses_files sqlite_files dml src_prints kind_names one_caller clock file_length function_length globals words"
for rule in $rules; do
  name=$(printf %s "$rule" | tr _ -)
  if [ -z "$only" ] || [ "$only" = "$name" ]; then
    "rule_$rule"
  fi
done

if [ -n "$report" ]; then
  awk -v limit=60 -f "$here/functions.awk" "$bare" | awk -F: '{ print "note: " $1 ":" $2 ": " $4 " has " $3 " lines" }'
fi
sort -u "$work/found"
[ ! -s "$work/found" ]
