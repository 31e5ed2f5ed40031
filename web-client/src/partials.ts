// The templates of single elements, bundled as text at build, in a file for each group of pages (build/template_groups.ts); pages' frames stay
// with the gateway.
import { files, load } from "virtual:templates";
import { filesNeeded } from "./load_templates.ts";

/** Those with which the elements that are on the page are drawn, and what can come to be in them. */
export async function partialsFor(page: ParentNode): Promise<Readonly<Record<string, string>>[]> {
  const names = [...page.querySelectorAll<HTMLElement>("[data-partial]")].map(({ dataset }) => dataset["partial"] ?? "");
  const loaded = await Promise.all(filesNeeded(names, files).map((file) => load[file]?.()));
  return loaded.map((module) => module?.partials ?? {});
}
