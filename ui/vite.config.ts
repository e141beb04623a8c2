//! How the screens are built: one page, relative addresses, nothing inline, so that the strict content security policy
//! holds through every door.

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: [svelte()],
  build: {
    target: ["safari18", "chrome120"],
    // Data addresses are not allowed for fonts and scripts.
    assetsInlineLimit: 0,
    // Screens are loaded when they are opened, and lie beside the page: there is nothing to fetch ahead.
    modulePreload: false,
    // One sheet for all: no screen is ever drawn before its looks. Sheets of their own, of which one does not come, are not
    // asked for again.
    cssCodeSplit: false,
    // With a single letter beyond Latin-1 WebKit keeps a whole script with two bytes for each of its letters.
    rolldownOptions: { output: { charset: "ascii" } },
    sourcemap: false,
  },
  server: {
    port: 5173,
    strictPort: true,
    // The words of the screens live in the workspace's assets.
    fs: { allow: [".."] },
    proxy: { "/api": "http://127.0.0.1:7412" },
  },
  // Component tests need Svelte's browser build.
  resolve: mode === "test" ? { conditions: ["browser"] } : {},
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
  },
}));
