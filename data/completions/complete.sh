# Prints what may stand in place of the last of its arguments, the words of the line after "caseload": one a line,
# each with a tab and what it means, with what was typed before it in the same word. The line "<files>" stands for
# the names of files. Plain sh, so that bash, zsh and, through sh, fish run it.
_caseload_complete() {
  local command= first= kind= wants= place=0 slot=
  while [ $# -gt 1 ]; do
    case $1 in
      --*=*) wants= ;;
      --*|-o) wants=$(_caseload_slot "$command" "$1") ;;
      *) if [ "$wants" = filter ]; then
          : # the words of a filter go on until the next option
        elif [ -n "$wants" ]; then
          wants=
        elif [ -z "$command" ]; then
          command=$1
        else
          place=$((place + 1))
          [ $place -gt 1 ] || first=$1
        fi ;;
    esac
    shift
  done
  case $first in
    *.*) kind=$(_caseload_list "kind-of $first") ;;
    *) kind=$first ;;
  esac
  if [ -n "$wants" ]; then
    slot=$wants
  elif [ -z "$command" ]; then
    slot=command
  else
    slot=$(_caseload_list "slot $command $((place + 1))")
    [ -n "$slot" ] || slot=$(_caseload_list "slot $command +")
  fi
  case $1 in
    --*) slot=option ;;
    -) [ "$slot" = filter ] || slot=option ;;
  esac
  _caseload_offer "$slot" "$command" "$kind" "$1" "$first"
}

# What completes the value of an option of a command; nothing for an option without one.
_caseload_slot() {
  local slot=
  [ -z "$1" ] || slot=$(_caseload_list "slot $1 $2")
  [ -n "$slot" ] || slot=$(_caseload_list "slot $2")
  [ -z "$slot" ] || echo "$slot"
}

# The words for a slot: slot, command, kind, what was typed of the word, the command's first word.
_caseload_offer() {
  case $1 in
    command) _caseload_list commands | _caseload_begin '' '' "$4"
      case $4 in -*) _caseload_list options | _caseload_begin '' '' "$4" ;; esac ;;
    option) { _caseload_list "options $2"; _caseload_list options; } | _caseload_begin '' '' "$4" ;;
    kind) _caseload_list kinds | _caseload_begin '' '' "$4" ;;
    action) _caseload_list actions | _caseload_begin '' '' "$4" ;;
    topic) { _caseload_list topics; _caseload_list commands; _caseload_list kinds; _caseload_list actions; } |
      _caseload_begin '' '' "$4" ;;
    role) _caseload_list roles | _caseload_begin "$(_caseload_before "$4")" '' "${4##*,}" ;;
    column) _caseload_list "fields $3" | _caseload_begin "$(_caseload_before "$4")" '' "${4##*,}" ;;
    sort) _caseload_sort "$3" "$4" ;;
    set) _caseload_set "$3" "$5" "$4" ;;
    filter) _caseload_filter "$3" "$4" ;;
    map) _caseload_list maps | _caseload_begin '' '' "$4"; echo '<files>' ;;
    file) echo '<files>' ;;
    =*) printf '%s\n' "${1#=}" | tr ' ' '\n' | _caseload_begin '' '' "$4" ;;
  esac
}

# "a,b," of "a,b,c".
_caseload_before() {
  case $1 in *,*) echo "${1%,*}," ;; esac
}

# Of the lines that come in, those that begin with $3, with $1 before and $2 after the word.
_caseload_begin() {
  local word= text=
  while IFS='	' read -r word text; do
    case $word in
      "$3"*) printf '%s%s%s\t%s\n' "$1" "$word" "$2" "$text" ;;
    esac
  done
}

_caseload_sort() {
  local last="${2##*,}" before=
  before=$(_caseload_before "$2")
  case $last in -*) before="$before-" last=${last#-} ;; esac
  _caseload_list "fields $1" | _caseload_begin "$before" '' "$last"
}

# A value of an action: kind, action, what was typed.
_caseload_set() {
  case $3 in
    *=*) _caseload_list "choices $1.${3%%=*}" | _caseload_begin "${3%%=*}=" '' "${3#*=}" ;;
    *) _caseload_list "takes $2" | _caseload_begin '' '=' "$3" ;;
  esac
}

# One word of a filter: a field, a field behind a reference, or after the operator its values.
_caseload_filter() {
  local kind=$1 before= rest=$2 field= value=
  while :; do
    case $rest in
      -*|'('*) before=$before${rest%"${rest#?}"} rest=${rest#?} ;;
      *) break ;;
    esac
  done
  case ${rest%%[:=<>!]*} in
    *.*) field=$(_caseload_list "leads-to $kind.${rest%%.*}")
      if [ -n "$field" ]; then
        kind=$field before=$before${rest%%.*}. rest=${rest#*.}
      fi ;;
  esac
  case $rest in
    *[:=]*) field=${rest%%[:=<>!]*}
      value=${rest##*[:=,]}
      case $value in *..*) value=${value##*..} ;; esac
      _caseload_list "choices $kind.$field" | _caseload_begin "$before${rest%"$value"}" '' "$value" ;;
    *) _caseload_list "fields $kind" | _caseload_begin "$before" : "$rest" ;;
  esac
}
