namespace Calibrate.Cli.Completion;

/// <summary>
/// Scripts that ask <c>calibrate [suggest:POSITION] LINE</c> for what may stand at the cursor, so that a shell always completes the
/// options of the installed version; where nothing is suggested the shell completes file names.
/// </summary>
internal static class CompletionScript
{
    private const string Bash = """
        _calibrate() {
            local word="${COMP_WORDS[COMP_CWORD]}"
            local IFS=$'\n'
            COMPREPLY=( $(compgen -W "$(calibrate "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "$word") )
        }
        complete -o default -F _calibrate calibrate

        """;

    private const string Zsh = """
        #compdef calibrate
        _calibrate() {
            local suggestions=("${(@f)$(calibrate "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
            if [[ -n "${suggestions[1]}" ]]; then
                compadd -a suggestions
            else
                _files
            fi
        }
        compdef _calibrate calibrate

        """;

    private const string Fish = """
        complete -c calibrate -a '(calibrate "[suggest:"(commandline -C)"]" (commandline) 2>/dev/null)'

        """;

    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish"];

    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => throw new ArgumentOutOfRangeException(nameof(shell), shell, "no completion script for this shell"),
    };
}
