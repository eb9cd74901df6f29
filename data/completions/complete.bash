# Completion of caseload for bash; made by `caseload completion bash`.
@FUNCTIONS@

# The words after "caseload" up to the cursor, split at blanks only: bash itself also splits at : and =. A filter in
# quotation marks is one word to bash, several to us.
_caseload() {
  local line=${COMP_LINE:0:${COMP_POINT:-${#COMP_LINE}}} typed candidate text quoted= cut=
  [ -n "$line" ] || line="${COMP_WORDS[*]:0:COMP_CWORD} ${COMP_WORDS[COMP_CWORD]}"
  local rest=${line//[^\'\"]/}
  case $line in
    *\'*) [ $((${#rest} % 2)) -eq 0 ] || quoted=${line##*[\'\"]} ;;
    *\"*) [ $((${#rest} % 2)) -eq 0 ] || quoted=${line##*[\'\"]} ;;
  esac
  local IFS=$' \t\n' words
  set -f
  words=(${line//[\'\"]/ })
  set +f
  case $line in *[[:blank:]]|*[\'\"]) words+=('') ;; esac
  typed=${words[-1]}
  # What bash leaves before the completed word: the quoted words so far, or what stands before : and =.
  if [ -n "$quoted" ]; then
    cut=
    quoted=${quoted%"$typed"}
  else
    cut=${typed%"${typed##*[:=]}"}
  fi
  COMPREPLY=()
  while IFS=$'\t' read -r candidate text; do
    if [ "$candidate" = '<files>' ]; then
      # Bash adds the files itself where there is nothing else.
      if [ ${#COMPREPLY[@]} -eq 0 ]; then
        compopt -o default 2>/dev/null
      else
        compopt -o filenames 2>/dev/null
        while IFS= read -r candidate; do
          COMPREPLY+=("$candidate")
        done < <(compgen -f -- "$typed")
      fi
      return
    fi
    case $candidate in *[:=,.]) compopt -o nospace 2>/dev/null ;; esac
    COMPREPLY+=("$quoted${candidate#"$cut"}")
  done < <(_caseload_complete "${words[@]:1}")
}
complete -F _caseload caseload
