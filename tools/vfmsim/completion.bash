# Completion of vfmsim for bash: the program itself says what may follow (commands, options, arms and measures of the
# results file on the line); where it says nothing, a file's name is completed.
_vfmsim() {
    local words=("${COMP_WORDS[@]:0:COMP_CWORD+1}") word
    # bash parts --option=VALUE into three words; the program is asked as if a space stood there.
    local asked=()
    for word in "${words[@]}"; do [ "$word" = "=" ] || asked+=("$word"); done
    [ "${words[-1]}" != "=" ] || asked+=("")
    mapfile -t COMPREPLY < <("${COMP_WORDS[0]}" __complete "${asked[@]}" 2>/dev/null)
}
complete -o default -F _vfmsim vfmsim
