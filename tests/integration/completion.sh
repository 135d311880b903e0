#!/bin/sh
# What the shells offer behind TAB: commands, objects, options, and the words that an option can have.
. "$(dirname "$0")/tap.shlib"
for shell in bash zsh fish; do
    check "a script for $shell" 0 "$(code rectrack completion $shell -o "$work/$shell")"
done
# offered WORDS...: what bash offers for the last one.
offered() {
    bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rectrack; echo "${COMPREPLY[*]}"' bash "$work/bash" "$@"
}
check 'commands' 'record report' "$(offered rectrack re)"
check 'a command behind an option' 'report' "$(offered rectrack --quiet repo)"
check 'objects of the command' 'states status' "$(offered rectrack list sta)"
check 'its options' '--keep-going' "$(offered rectrack import status --keep)"
check '… and none that it has no use for' '' "$(offered rectrack record Italy --form)"
check 'formats' 'xlsx' "$(offered rectrack report matrix --format x)"
check 'languages' 'fr' "$(offered rectrack report matrix --lang f)"
check 'channels' 'note-verbale' "$(offered rectrack record Italy 'II.A.1(a)' planned --channel n)"
check 'measures' 'row-percent' "$(offered rectrack report groups --measure ro)"
check 'files are left to the shell' '' "$(offered rectrack list states --output re)"
if command -v fish >/dev/null 2>&1; then
    # fish_offered LINE: what fish offers at its end, a line each: the word, a tab, what it means.
    fish_offered() { HOME=$work fish -c "source '$work/fish'; complete -C '$1'"; }
    check 'fish offers commands' 'record report' "$(fish_offered 'rectrack re' | cut -f 1 | tr '\n' ' ' | sed 's/ $//')"
    check '… each with what it does' 'make a compliance table' "$(fish_offered 'rectrack repo' | cut -f 2)"
    check '… objects, of the first word alone' 'history' "$(fish_offered 'rectrack export hist' | cut -f 1)"
    check '… options with their help' 'at the end of each row, the share that answered' "$(fish_offered 'rectrack report groups --response' | cut -f 2)"
    check '… and none that the command has no use for' '' "$(fish_offered 'rectrack record Italy --form')"
    check '… formats with what they are' 'csv|comma-separated (RFC 4180), UTF-8' "$(fish_offered 'rectrack report matrix --format cs' | tr '\t' '|')"
    check '… languages with their names' 'fr|Français' "$(fish_offered 'rectrack report groups --lang f' | tr '\t' '|')"
    check '… kinds' 'assessed|by reviewers' "$(fish_offered 'rectrack report groups --kind a' | tr '\t' '|')"
    check '… channels' 'letter|a letter' "$(fish_offered 'rectrack record Italy x planned --channel le' | tr '\t' '|')"
else
    skip 'fish offers commands' 'fish is not installed'
fi
if command -v zsh >/dev/null 2>&1; then
    check 'zsh reads its script' 0 "$(code zsh -fc "autoload -U compinit && compinit -u -D && source '$work/zsh'")"
else
    skip 'zsh reads its script' 'zsh is not installed'
fi
finish
