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
check 'files are left to the shell' '' "$(offered rectrack list states --output re)"
if command -v fish >/dev/null 2>&1; then
    check 'fish offers commands' 'record report' "$(HOME=$work fish -c "source '$work/fish'; complete -C 'rectrack re'" | tr '\n' ' ' | sed 's/ $//')"
else
    skip 'fish offers commands' 'fish is not installed'
fi
if command -v zsh >/dev/null 2>&1; then
    check 'zsh reads its script' 0 "$(code zsh -fc "autoload -U compinit && compinit -u -D && source '$work/zsh'")"
else
    skip 'zsh reads its script' 'zsh is not installed'
fi
finish
