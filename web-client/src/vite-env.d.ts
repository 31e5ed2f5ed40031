/// <reference types="vite/client" />

/** Made by build/templates_plugin.ts. */
declare module "virtual:templates" {
  type Loaded = { partials: Readonly<Record<string, string>> };
  /** By file, the names that elements go by which are drawn with it. */
  export const files: Readonly<Record<string, readonly string[]>>;
  /** By file, and the one that every page needs: "shared". */
  export const load: Readonly<Record<string, () => Promise<Loaded>>>;
}
