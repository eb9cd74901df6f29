# Completion of caseload for fish; made by `caseload completion fish`.
set -g __caseload_functions '
@FUNCTIONS@
'

function __caseload_candidates
    set -l words (commandline -opc)
    set -e words[1]
    for line in (sh -c "$__caseload_functions"'_caseload_complete "$@"' caseload $words (commandline -ct))
        if test "$line" = '<files>'
            __fish_complete_path (commandline -ct)
        else
            printf '%s\n' $line
        end
    end
end
complete -c caseload -f -a '(__caseload_candidates)'
