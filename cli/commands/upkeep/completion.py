"""`ledger completion SHELL`: prints the function with which a shell requests completions."""

import click

from cli.terminal import say

BASH = r"""# Completion of `ledger` for bash 4.4 or newer.
_ledger_completion() {
    local kind value rest
    COMPREPLY=()
    while IFS=$'\t' read -r kind value rest; do
        case $kind in
            file) compopt -o default ;;
            dir) compopt -o dirnames ;;
            open) compopt -o nospace; COMPREPLY+=("$value") ;;
            plain) COMPREPLY+=("$value") ;;
        esac
    done < <(COMP_LINE=${COMP_LINE:0:COMP_POINT} COMP_TYPE=$COMP_TYPE COMP_WORDBREAKS=$COMP_WORDBREAKS \
        _LEDGER_COMPLETE=bash_complete "$1" 2>/dev/null)
}
complete -o nosort -F _ledger_completion ledger
"""
ZSH = r"""#compdef ledger
# Completion of `ledger` for zsh.
_ledger_completion() {
    local -a plain plain_told open open_told
    local line kind value told
    for line in "${(@f)$(COMP_WORDS="${(j: :)words[1,CURRENT]}" COMP_WORD="${words[CURRENT]}" \
        _LEDGER_COMPLETE=zsh_complete ${(Q)words[1]} 2>/dev/null)}"; do
        kind=${line%%$'\t'*}
        line=${line#*$'\t'}
        value=${line%%$'\t'*}
        told=${line#*$'\t'}
        case $kind in
            file) _files ;;
            dir) _files -/ ;;
            open) open+=("$value"); open_told+=("$value${told:+  -- $told}") ;;
            plain) plain+=("$value"); plain_told+=("$value${told:+  -- $told}") ;;
        esac
    done
    (( $#plain )) && compadd -U -V ledger -l -d plain_told -a plain
    (( $#open )) && compadd -U -V ledger -S '' -l -d open_told -a open
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _ledger_completion "$@"
else
    compdef _ledger_completion ledger
fi
"""
FISH = r"""# Completion of `ledger` for fish.
function _ledger_completion
    set -l words (commandline -cp | string collect)
    set -l word (commandline -ct | string collect)
    set -l command (commandline -po)[1]
    for line in (COMP_WORDS=$words COMP_WORD=$word _LEDGER_COMPLETE=fish_complete $command 2>/dev/null)
        set -l parts (string split \t -- $line)
        switch $parts[1]
            case file
                __fish_complete_path $word
            case dir
                __fish_complete_directories $word
            case plain open
                printf '%s\t%s\n' $parts[2] $parts[3]
        end
    end
end
complete --command ledger --no-files --keep-order --arguments '(_ledger_completion)'
"""
SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}


@click.command()
@click.argument("shell", type=click.Choice(list(SCRIPTS)))
def completion(shell: str) -> None:
    """Print the script with which a shell completes commands, options, references and names.

    Suggestions are read from the ledger that commands would use: references with their titles, names of parties by any
    part of them, numbers of the orders of the engagement typed before. Without a ledger, only commands and options are
    completed.

    \b
    Install it (and open a new shell):
      bash  ledger completion bash > ~/.local/share/bash-completion/completions/ledger
            (make the folder first; without the package bash-completion, add to ~/.bashrc:
            source <(ledger completion bash))
      zsh   ledger completion zsh > ~/.zfunc/_ledger
            (with 'fpath+=~/.zfunc; autoload -Uz compinit; compinit' in ~/.zshrc)
      fish  ledger completion fish > ~/.config/fish/completions/ledger.fish

    \b
    Example:
      ledger completion bash
    """
    say(SCRIPTS[shell], nl=False)
