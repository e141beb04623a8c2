//! What the linters hold: the usual rules, the one door to the shell, and no style attributes (the policy forbids them).

import js from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import ts from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

export default ts.config(
    { ignores: ["dist", "src/api/generated", "src/i18n/keys.ts"] },
    js.configs.recommended,
    ...ts.configs.recommended,
    ...svelte.configs.recommended,
    {
        files: ["**/*.svelte", "**/*.svelte.ts"],
        languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: [".svelte"], svelteConfig } },
    },
    {
        // TypeScript knows which names exist; the rule for plain JavaScript does not know the browser's.
        rules: { "no-undef": "off", "svelte/prefer-svelte-reactivity": "off" },
    },
    {
        files: ["src/**"],
        ignores: ["src/api/**"],
        rules: {
            "no-restricted-imports": [
                "error",
                { patterns: [{ group: ["@tauri-apps/*"], message: "Only src/api talks to the shell." }] },
            ],
        },
    },
    {
        files: ["src/features/**"],
        rules: {
            "no-restricted-imports": [
                "error",
                {
                    patterns: [
                        { group: ["@tauri-apps/*"], message: "Only src/api talks to the shell." },
                        {
                            regex: "^\\.\\./(?!\\.\\./)",
                            message: "A feature imports no other feature; share through components or app.",
                        },
                    ],
                },
            ],
        },
    },
    {
        files: ["**/*.svelte"],
        rules: {
            "no-restricted-syntax": [
                "error",
                {
                    selector: "SvelteAttribute[key.name='style']",
                    message: "The security policy forbids style attributes; use a class or a style: directive.",
                },
            ],
            "svelte/no-at-html-tags": "error",
        },
    },
);
