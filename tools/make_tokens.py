#!/usr/bin/env python3
"""Makes CSS custom properties, TypeScript and C++ of frontend/shared/tokens.json, the one place of the look.

    python3 tools/make_tokens.py [--css PATH] [--ts PATH] [--hpp PATH]

A file is only written when it changed, so that nothing is built again for nothing. Ends with an error when a pair in
"contrast" stays below its minimum in either theme.
"""
import argparse
import json
import pathlib
import re
import sys

SOURCE = pathlib.Path(__file__).resolve().parent.parent / "frontend" / "shared" / "tokens.json"
NOTE = "Made by tools/make_tokens.py from frontend/shared/tokens.json."


def luminance(colour):
    def linear(channel):
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def faults(tokens):
    """Sentences about colours that are no colours and pairs that are too faint; empty when all is well."""
    found = []
    for name, value in walk_colours(tokens):
        if not re.fullmatch(r"#[0-9a-f]{6}", value):
            found.append(f"{name}: {value} is no colour of the form #rrggbb")
    if found:
        return found
    for mode, theme in tokens["theme"].items():
        for front, back, least in tokens["contrast"]:
            got = contrast(theme[front], theme[back])
            if got < least:
                found.append(f"{mode}: {front} on {back} has contrast {got:.2f}, wanted {least}")
    for name, group in tokens["groups"].items():
        for mode in ("light", "dark"):
            got = contrast(group[mode], tokens["map"][mode]["land"])
            if got < 2.95:
                found.append(f"{mode}: group {name} on land has contrast {got:.2f}, wanted 3")
    if tokens["theme"]["light"].keys() != tokens["theme"]["dark"].keys():
        found.append("theme: light and dark do not have the same names")
    return found


def walk_colours(tokens):
    for name, value in tokens["palette"].items():
        yield f"palette {name}", value
    for part in ("theme", "map"):
        for mode, values in tokens[part].items():
            for name, value in values.items():
                yield f"{part} {mode} {name}", value
    for name, group in tokens["groups"].items():
        for mode in ("light", "dark"):
            yield f"group {name} {mode}", group[mode]
    for name, values in tokens["ramps"].items():
        for value in values:
            yield f"ramp {name}", value


def themed(tokens, mode, indent):
    """The properties that differ between light and dark."""
    ramp = tokens["ramps"]["laut" if mode == "light" else "laut-dark"]
    lines = [f"color-scheme: {mode};"]
    lines += [f"--{name}: {value};" for name, value in tokens["theme"][mode].items()]
    lines += [f"--g-{name}: {group[mode]};" for name, group in tokens["groups"].items()]
    lines += [f"--shadow-{name}: {value};" for name, value in tokens["shadow"][mode].items()]
    lines += [f"--seq-{number}: {value};" for number, value in enumerate(ramp, 1)]
    # Glyphs stand white on the light group colours and dark on the light-toned ones of the dark theme.
    lines.append(f"--on-group: {tokens['palette']['ink-0'] if mode == 'light' else tokens['palette']['ink-950']};")
    return "\n".join(indent + line for line in lines)


def css(tokens):
    fixed = [f"--{name}: {value};" for name, value in tokens["palette"].items()]
    fixed += [f"--glow-{number}: {value};" for number, value in enumerate(tokens["ramps"]["laut-dark"], 1)]
    fixed += [f"--rotan-seq-{number}: {value};" for number, value in enumerate(tokens["ramps"]["rotan"], 1)]
    fixed += [f"--div-{number}: {value};" for number, value in enumerate(tokens["ramps"]["diverging"], 1)]
    fixed.append(f"--font: {tokens['type']['family']};")
    fixed += [f"--size-{name}: {value};" for name, value in tokens["type"]["size"].items()]
    fixed += [f"--line-{name}: {value};" for name, value in tokens["type"]["line"].items()]
    fixed += [f"--space-{name}: {value};" for name, value in tokens["space"].items()]
    fixed += [f"--radius-{name}: {value};" for name, value in tokens["radius"].items()]
    groups = "\n".join(f"[data-group={name}] {{ --g: var(--g-{name}); }}" for name in tokens["groups"])
    return (
        f"/* {NOTE} */\n:root {{\n"
        + "\n".join("  " + line for line in fixed)
        + "\n"
        + themed(tokens, "light", "  ")
        + "\n}\n@media screen and (prefers-color-scheme: dark) {\n  html:not([data-theme=light]) {\n"
        + themed(tokens, "dark", "    ")
        + "\n  }\n}\n@media screen {\n  html[data-theme=dark] {\n"
        + themed(tokens, "dark", "    ")
        + f"\n  }}\n}}\n{groups}\n"
    )


def ts(tokens):
    body = "".join(
        f"export const {part} = {json.dumps(tokens[part], indent=2)} as const;\n"
        for part in ("palette", "theme", "groups", "ramps", "map", "space", "radius")
    )
    return f"// {NOTE}\n{body}export type Group = keyof typeof groups;\nexport type Mode = keyof typeof theme;\n"


def field(name):
    return name.replace("-", "_")


def constant(name):
    return "k" + "".join(part.capitalize() for part in name.split("-"))


def cpp_struct(kind, values_by_mode):
    names = list(next(iter(values_by_mode.values())))
    lines = [f"struct {kind} {{"] + [f"  std::string_view {field(name)};" for name in names] + ["};"]
    for mode, values in values_by_mode.items():
        rows = "".join(f'    .{field(name)} = "{values[name]}",\n' for name in names)
        lines.append(f"inline constexpr {kind} k{kind}{mode.capitalize()} = {{\n{rows}}};")
    return "\n".join(lines) + "\n"


def hpp(tokens):
    groups = "".join(
        f'    {{"{name}", "{group["light"]}", "{group["dark"]}", "{group["shape"]}", "{group["icon"]}"}},\n'
        for name, group in tokens["groups"].items()
    )
    ramps = "".join(
        f"inline constexpr std::array<std::string_view, {len(values)}> kRamp{constant(name)[1:]} = {{"
        + ", ".join(f'"{value}"' for value in values)
        + "};\n"
        for name, values in tokens["ramps"].items()
    )
    palette = "".join(
        f'inline constexpr std::string_view {constant(name)} = "{value}";\n' for name, value in tokens["palette"].items()
    )
    return (
        f"// {NOTE}\n// Colours of the look for what the server draws itself: the map style, charts, documents.\n"
        "#pragma once\n#include <array>\n#include <string_view>\n\nnamespace simpul::tokens {\n\n"
        "// One display group: its code, its colour on light and dark ground, its marker's shape, its icon in the sprite.\n"
        "struct Group {\n  std::string_view code, light, dark, shape, icon;\n};\n"
        f"inline constexpr std::array<Group, {len(tokens['groups'])}> kGroups = {{{{\n{groups}}}}};\n\n"
        + cpp_struct("Theme", tokens["theme"])
        + "\n"
        + cpp_struct("Map", tokens["map"])
        + f"\n{ramps}\n{palette}\n}}  // namespace simpul::tokens\n"
    )


def write_if_changed(path, text):
    path = pathlib.Path(path)
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for kind in ("css", "ts", "hpp"):
        arguments.add_argument(f"--{kind}", metavar="PATH")
    wanted = arguments.parse_args()
    tokens = json.loads(SOURCE.read_text(encoding="utf-8"))
    found = faults(tokens)
    if found:
        sys.exit("\n".join(found))
    for kind, make in (("css", css), ("ts", ts), ("hpp", hpp)):
        if getattr(wanted, kind):
            write_if_changed(getattr(wanted, kind), make(tokens))


if __name__ == "__main__":
    main()
