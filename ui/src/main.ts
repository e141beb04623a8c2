//! Starts the page: counts what the security policy refuses, then shows the till.

import { mount } from "svelte";
import App from "./app/App.svelte";
import { countViolations } from "./app/policy";
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";

countViolations(document);
mount(App, { target: document.body });
