"""The command line that says what was typed and what was answered, so that it can be typed, or put in a script."""

import shlex

import click


def command_line(context: click.Context, typed: list[str], arguments: list[str], options: list[tuple[str, str]]) -> str:
    """Return the line, quoted for a shell: what was `typed` behind the command's name, then what was answered.

    `options` are names without dashes, with their values. What begins with a dash is kept from reading as an option.
    """
    named = [word for name, text in options for word in _option(name, text)]
    cut = typed.index("--") if "--" in typed else len(typed)
    before, after = typed[:cut], typed[cut:]
    if not after and any(text.startswith("-") for text in arguments):
        after = ["--"]
    words = [*before, *named, *after, *arguments] if after else [*before, *arguments, *named]
    name, *path = context.command_path.split()
    url = context.find_root().params.get("url")
    return shlex.join([name, *(["--url", url] if url else []), *path, *words])


def _option(name: str, text: str) -> list[str]:
    return [f"--{name}={text}"] if text.startswith("-") else [f"--{name}", text]
