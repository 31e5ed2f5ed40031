// Makes the modules "virtual:templates", which says what there is, and "virtual:templates/<group>", with the texts.
import type { Plugin } from "vite";
import { filesOf, namesThatTell, readTemplates } from "./template_groups.ts";

export const MODULE = "virtual:templates";

export function templatesPlugin(folder: string): Plugin {
  const templates = readTemplates(folder);
  const files = filesOf(templates);
  const modules = new Map<string, string>();
  for (const [file, names] of files) {
    modules.set(`${MODULE}/${file}`, `export const partials = ${JSON.stringify(Object.fromEntries(names.map((name) => [name, templates.partials[name]])))};`);
  }
  const loaders = [...files.keys()].map((file) => `${JSON.stringify(file)}: () => import(${JSON.stringify(`${MODULE}/${file}`)})`);
  modules.set(MODULE, `export const files = ${JSON.stringify(namesThatTell(templates, files))};\nexport const load = { ${loaders.join(", ")} };`);
  return {
    name: "witan-templates",
    resolveId: (id) => (modules.has(id) ? `\0${id}` : undefined),
    load: (id) => (id.startsWith("\0") ? modules.get(id.slice(1)) : undefined),
  };
}
