//! Makes src/i18n/keys.ts from assets/i18n/{en,fr}-{screen,audit,error,report,health}.ftl: the name of every message with the
//! values it takes, so that a key that is missing, misspelt or given other values does not compile. Refuses files that
//! say different things in different languages; how the till itself is (`health`) is said in Arabic too. `--check`
//! only compares.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { FluentResource } from "@fluent/bundle";

const LANGUAGES = {
    screen: ["en", "fr"],
    audit: ["en", "fr"],
    error: ["en", "fr"],
    report: ["en", "fr", "ar"],
    health: ["en", "fr", "ar"],
};
const TYPES = {
    screen: "ScreenMessages",
    audit: "AuditMessages",
    error: "ErrorMessages",
    report: "ReportMessages",
    health: "HealthMessages",
};
/** Messages whose reader gives them by name at run time what it knows: their values are not part of their type. */
const LOOSE = ["error", "health"];
const assets = new URL("../../assets/i18n/", import.meta.url);
const target = fileURLToPath(new URL("../src/i18n/keys.ts", import.meta.url));
const problems = [];

/** The names of the values a pattern takes, however deep they stand. */
function variables(node, found = new Set()) {
    if (Array.isArray(node)) {
        for (const part of node) variables(part, found);
    } else if (node !== null && typeof node === "object") {
        if (node.type === "var") found.add(node.name);
        for (const part of Object.values(node)) variables(part, found);
    }
    return found;
}

function read(language, file) {
    const name = `${language}-${file}.ftl`;
    const text = readFileSync(new URL(name, assets), "utf8");
    const messages = new Map();
    for (const entry of new FluentResource(text).body) {
        if (messages.has(entry.id)) problems.push(`${name}: ${entry.id} stands twice`);
        messages.set(entry.id, {
            variables: [...variables([entry.value, Object.values(entry.attributes)])].sort(),
            attributes: Object.keys(entry.attributes).sort(),
        });
    }
    // The parser leaves out what it cannot read; every line that begins a message has to have become one.
    for (const [, id] of text.matchAll(/^([a-zA-Z][\w-]*)\s*=/gm)) {
        if (!messages.has(id)) problems.push(`${name}: ${id} cannot be read`);
    }
    return messages;
}

const out = ["//! Made by scripts/keys.js from assets/i18n; do not edit.", ""];
for (const [file, languages] of Object.entries(LANGUAGES)) {
    const [first, ...others] = languages.map((language) => read(language, file));
    others.forEach((second, index) => {
        const language = languages[index + 1];
        for (const id of new Set([...first.keys(), ...second.keys()])) {
            const [one, other] = [first.get(id), second.get(id)];
            if (!one || !other) problems.push(`${file}: ${id} is missing in ${one ? language : languages[0]}`);
            else if (JSON.stringify(one.attributes) !== JSON.stringify(other.attributes))
                problems.push(`${file}: ${id} has other attributes in ${language}`);
            else if (file !== "error" && JSON.stringify(one.variables) !== JSON.stringify(other.variables))
                problems.push(`${file}: ${id} takes other values in ${language}`);
        }
    });
    for (const [id, message] of first) {
        if (file === "error" && !message.attributes.includes("next")) problems.push(`${file}: ${id} has no next step`);
    }
    const type = TYPES[file];
    out.push(`/** Every message of ${file}.ftl and the values it takes. */`, `export interface ${type} {`);
    for (const [id, message] of [...first].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const values = message.variables.map((name) => `${name}: string | number`).join("; ");
        out.push(`  "${id}": ${values === "" || LOOSE.includes(file) ? "undefined" : `{ ${values} }`};`);
    }
    out.push("}", "");
}

if (problems.length > 0) {
    console.error(problems.join("\n"));
    process.exit(1);
}
const made = out.join("\n");
if (process.argv.includes("--check")) {
    if (readFileSync(target, "utf8") !== made) {
        console.error("src/i18n/keys.ts is not what the .ftl files say: run `npm run keys`");
        process.exit(1);
    }
} else {
    writeFileSync(target, made);
}
