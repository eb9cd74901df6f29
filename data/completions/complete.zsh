#compdef caseload
# Completion of caseload for zsh; made by `caseload completion zsh`.
@FUNCTIONS@

_caseload() {
  local line candidate text
  local -a known open typed
  # A filter in quotation marks is one word to the shell, several to us.
  compset -P '*[[:blank:]]'
  typed=("${(@)words[2,CURRENT-1]}" "$PREFIX")
  while IFS=$'\t' read -r candidate text; do
    if [[ $candidate == '<files>' ]]; then
      _files
      continue
    fi
    line=${candidate//:/\\:}${text:+:$text}
    if [[ $candidate == *[:=] ]]; then
      open+=("$line")
    else
      known+=("$line")
    fi
  done < <(emulate -L sh; _caseload_complete "${typed[@]}")
  (( $#open )) && _describe -V caseload open -S ''
  (( $#known )) && _describe -V caseload known
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _caseload "$@"
else
  compdef _caseload caseload
fi
