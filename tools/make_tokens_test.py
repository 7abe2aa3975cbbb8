#!/usr/bin/env python3
"""Tests of make_tokens.py: what it refuses, and that its three outputs say the same."""
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import make_tokens


class MakeTokens(unittest.TestCase):
    def setUp(self):
        self.tokens = json.loads(make_tokens.SOURCE.read_text(encoding="utf-8"))

    def test_the_house_colours_are_well(self):
        self.assertEqual(make_tokens.faults(self.tokens), [])

    def test_contrast_is_that_of_wcag(self):
        self.assertAlmostEqual(make_tokens.contrast("#000000", "#ffffff"), 21, places=2)
        self.assertAlmostEqual(make_tokens.contrast("#777777", "#ffffff"), 4.48, places=2)

    def test_a_faint_pair_is_refused_in_each_theme(self):
        for mode in ("light", "dark"):
            faint = copy.deepcopy(self.tokens)
            faint["theme"][mode]["muted"] = faint["theme"][mode]["bg"]
            self.assertTrue(any(fault.startswith(f"{mode}: muted on bg") for fault in make_tokens.faults(faint)))

    def test_a_group_that_fades_into_the_land_is_refused(self):
        self.tokens["groups"]["laut"]["light"] = self.tokens["map"]["light"]["land"]
        self.assertTrue(any("group laut on land" in fault for fault in make_tokens.faults(self.tokens)))

    def test_a_word_that_is_no_colour_is_refused(self):
        self.tokens["palette"]["ink-900"] = "black"
        self.assertEqual(len(make_tokens.faults(self.tokens)), 1)

    def test_a_name_missing_in_one_theme_is_refused(self):
        del self.tokens["theme"]["dark"]["hatch"]
        self.assertIn("do not have the same names", make_tokens.faults(self.tokens)[-1])

    def test_dark_comes_by_choice_and_by_the_device(self):
        css = make_tokens.css(self.tokens)
        dark = self.tokens["theme"]["dark"]["bg"]
        self.assertEqual(css.count(f"--bg: {dark};"), 2)
        self.assertRegex(css, r"(?s)@media screen and \(prefers-color-scheme: dark\) \{\s+html:not\(\[data-theme=light\]\).*--bg: " + dark)
        self.assertRegex(css, r"(?s)html\[data-theme=dark\] \{.*--bg: " + dark)

    def test_the_three_outputs_hold_the_same_groups(self):
        for text in (make_tokens.css(self.tokens), make_tokens.ts(self.tokens), make_tokens.hpp(self.tokens)):
            for name, group in self.tokens["groups"].items():
                self.assertRegex(text, rf"{name}\b")
                self.assertIn(group["dark"], text)

    def test_an_unchanged_file_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder) / "tokens.css"
            command = [sys.executable, make_tokens.__file__, "--css", str(target)]
            subprocess.run(command, check=True)
            written = target.stat().st_mtime_ns
            subprocess.run(command, check=True)
            self.assertEqual(target.stat().st_mtime_ns, written)
            self.assertTrue(re.match(r"/\* Made by", target.read_text(encoding="utf-8")))


if __name__ == "__main__":
    unittest.main()
