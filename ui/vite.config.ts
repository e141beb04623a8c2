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
    modulePreload: { polyfill: false },
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
