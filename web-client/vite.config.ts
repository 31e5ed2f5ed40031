import { NodePackageImporter } from "sass";
import { defineConfig } from "vite";

// The gateway serves dist/static at /assets, for ever: every name carries a hash.
export default defineConfig({
  base: "/assets/",
  publicDir: "public",
  clearScreen: false,
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
