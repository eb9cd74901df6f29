# completion.bash FOLDER: sources the completions made by the build and completes lines with them. zsh and fish run the
# same functions; where they are installed, they are asked too.
folder=$1
number=0
source "$folder/caseload" || exit 1

# complete LINE WORD…: each word must be offered at the end of the line. A word after ! must not.
complete_line() {
  local line=$1 word reply wrong=
  shift
  COMP_LINE=$line COMP_POINT=${#line} COMPREPLY=()
  _caseload
  reply=" ${COMPREPLY[*]} "
  for word in "$@"; do
    if [[ $word == !* ]]; then
      [[ $reply != *" ${word#!} "* ]] || wrong="${word#!} is offered"
    else
      [[ $reply == *" $word "* ]] || wrong="$word is not offered"
    fi
  done
  report "$line" "$wrong" "$reply"
}

report() {
  number=$((number + 1))
  if [ -z "$2" ]; then
    echo "ok $number - $1"
  else
    echo "not ok $number - $1"
    echo "# $2:$3"
  fi
}

complete_line 'caseload ' list show import check-config manual
complete_line 'caseload ch' check-config !list
complete_line 'caseload list ' claims job-seekers placements
complete_line 'caseload list cl' claims !placements
complete_line 'caseload list claims ' state: due: type: !given_name:
complete_line 'caseload list claims state:' tracking overdue non_payable
complete_line 'caseload list claims state:tracking,ov' tracking,overdue
complete_line "caseload list claims 'state:overdue type:13" 'state:overdue type:13w'
complete_line 'caseload list claims -st' -state:
complete_line 'caseload list claims job_seeker.ph' job_seeker.phase:
complete_line 'caseload list claims job_seeker.phase:' os pps
complete_line 'caseload list claims --' --columns --sort --limit --format --store !--set
complete_line 'caseload list claims --columns id,du' id,due
complete_line 'caseload list claims --sort due,-am' due,-amount
complete_line 'caseload --store x.db list claims --format ' table csv json ids
complete_line 'caseload --' --store --user --read-only
complete_line 'caseload import job-seekers people.csv --map ' people-au build.ninja
complete_line 'caseload do claim.m' claim.mark_non_payable
complete_line 'caseload do claim.mark_non_payable --filter st' state:
complete_line 'caseload do claim.submit --set ' outcome_type= psv= !given_name= !due=
complete_line 'caseload do job_seeker.set_phase --set phase=' os pps
complete_line 'caseload export claims state:overdue ty' type:
complete_line 'caseload why claims 12 state:ov' overdue
complete_line 'caseload user add x --roles admin,' admin,caseworker
complete_line 'caseload help fil' filters
complete_line 'caseload completion ' bash zsh fish

# As bash gives it without the line: words split at : too.
unset COMP_LINE COMP_POINT
COMP_WORDS=(caseload list pl) COMP_CWORD=2
_caseload
report 'words without a line' "$([ "${COMPREPLY[*]}" = placements ] || echo placements is not offered)" "${COMPREPLY[*]}"

other_shell() {
  if ! command -v "$1" > /dev/null; then
    number=$((number + 1))
    echo "ok $number - $1 # SKIP there is no $1"
    return
  fi
  local said
  said=$("$@" 2>&1 | cut -f 1)
  report "$1" "$([ "$said" = state: ] || echo 'state: is not offered')" "$said"
}
other_shell zsh -f -c "compdef() { :; }; source '$folder/_caseload'; emulate sh; _caseload_complete list claims sta"
other_shell fish --no-config -c "source '$folder/caseload.fish'; complete -C 'caseload list claims sta'"
echo "1..$number"
