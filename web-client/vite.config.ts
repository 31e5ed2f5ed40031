import { fileURLToPath } from "node:url";
import { NodePackageImporter } from "sass";
import { defineConfig } from "vite";
import { templatesPlugin } from "./build/templates_plugin.ts";

// The gateway serves dist/static at /assets, for ever: every name carries a hash.
export default defineConfig({
  base: "/assets/",
  publicDir: "public",
  clearScreen: false,
  plugins: [templatesPlugin(fileURLToPath(new URL("templates", import.meta.url)))],
  css: {
    lightningcss: { errorRecovery: true },
    preprocessorOptions: { scss: { importers: [new NodePackageImporter()], quietDeps: true } },
  },
  build: {
    outDir: "dist/static",
    assetsDir: "",
    assetsInlineLimit: 0,
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: false,
    target: "es2022",
    rollupOptions: { input: "src/main.ts" },
  },
});
