// Which templates of single elements the browser may need on which page, and in which file they come to it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Texts of templates by name. */
export type Texts = Readonly<Record<string, string>>;
export interface Templates {
  pages: Texts;
  partials: Texts;
}
/** Names of partials by the group whose file they are in. */
export type Files = ReadonlyMap<string, readonly string[]>;

/** What the pages of more than one group need, and what the first pages that somebody comes to do. */
export const SHARED = "shared";
/** Page templates that somebody uses together. A page that changes live is in one of them. */
export const PAGE_GROUPS: Readonly<Record<string, readonly string[]>> = {
  [SHARED]: ["home", "meetings", "meetings-page", "series"],
  meeting: ["meeting", "meeting-agenda", "meeting-circulation", "paper", "paper-read"],
  room: ["meeting-live", "meeting-attendance"],
  record: ["meeting-minutes", "replay", "action", "actions", "actions-page", "own-actions", "decisions", "decisions-page"],
  planning: ["plan", "dates"],
  advice: ["groups", "group", "engagements-page", "consultations", "consultations-page", "consultation", "draft", "paragraph"],
  bodies: ["bodies", "bodies-page", "body", "body-seats", "body-history", "interests", "link"],
  people: ["account", "account-email", "people", "people-page", "person", "person-change", "organisations", "organisations-page", "mail", "mail-page"],
};

function textsIn(folder: string): Texts {
  const files = readdirSync(folder).filter((name) => name.endsWith(".mustache"));
  return Object.fromEntries(files.map((name) => [name.slice(0, -".mustache".length), readFileSync(join(folder, name), "utf8")]));
}

export function readTemplates(folder: string): Templates {
  return { pages: textsIn(folder), partials: textsIn(join(folder, "partials")) };
}

const included = (text: string): string[] => [...text.matchAll(/\{\{>\s*([\w-]+)\s*\}\}/g)].map((found) => String(found[1]));

/** The partials with which the script draws elements of this text: those it names, and what a link opens. */
const drawn = (text: string): string[] => [
  ...[...text.matchAll(/data-partial="([\w-]+)"/g)].map((found) => String(found[1])),
  ...(text.includes("data-opens=") ? ["thread"] : []),
];

/** A place that is filled already is left as it is when what is around it is drawn again. */
const withoutFilled = (text: string): string => text.replace(/(<(\w+)[^>]*\sdata-filled\b[^>]*>)\{\{>\s*[\w-]+\s*\}\}(<\/\2>)/g, "$1$3");

function reached(names: readonly string[], partials: Texts, next: (text: string) => string[]): Set<string> {
  const all = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const text = partials[name];
    if (text === undefined) throw new Error(`there is no partial ${name}`);
    if (all.has(name)) continue;
    all.add(name);
    waiting.push(...next(text));
  }
  return all;
}

/** The partials that an element of the page may name: whatever the rows and the reader are. */
export function namedOn(page: string, { pages, partials }: Templates): string[] {
  const text = pages[page] ?? "";
  const around = reached(included(text), partials, included);
  return [...new Set([...drawn(text), ...[...around].flatMap((name) => drawn(partials[name] ?? ""))])];
}

/** Everything that is drawn with them, or inside of what is. */
function neededFor(names: readonly string[], partials: Texts): Set<string> {
  return reached(names, partials, (text) => [...included(withoutFilled(text)), ...drawn(text)]);
}

/** Each partial that some page needs, in one file: that of the only group that needs it, or the shared one. */
export function filesOf(templates: Templates, groups = PAGE_GROUPS): Files {
  const groupsOf = new Map<string, Set<string>>();
  const groupOf = new Map(Object.entries(groups).flatMap(([group, pages]) => pages.map((page) => [page, group] as const)));
  for (const page of Object.keys(templates.pages)) {
    const names = namedOn(page, templates);
    const group = groupOf.get(page);
    if (names.length === 0) continue;
    if (group === undefined) throw new Error(`${page}.mustache changes live, and is in no group of build/template_groups.ts`);
    for (const name of neededFor(names, templates.partials)) groupsOf.set(name, (groupsOf.get(name) ?? new Set()).add(group));
  }
  const files = new Map<string, string[]>([[SHARED, []]]);
  for (const name of [...groupsOf.keys()].sort()) {
    const [first = SHARED, ...others] = groupsOf.get(name) ?? [];
    const file = others.length > 0 ? SHARED : first;
    files.set(file, [...(files.get(file) ?? []), name]);
  }
  return files;
}

/** Those that an element may name, and that are not in the shared file: by them a page knows which file it needs. */
export function namesThatTell(templates: Templates, files: Files): Record<string, string[]> {
  const all = [...Object.values(templates.pages), ...Object.values(templates.partials)];
  const named = new Set(all.flatMap(drawn));
  return Object.fromEntries([...files].filter(([file]) => file !== SHARED).map(([file, names]) => [file, names.filter((name) => named.has(name))]));
}

/** The files that a page may have to load, beside the shared one. */
export function filesFor(page: string, templates: Templates, files: Files): string[] {
  const names = new Set(namedOn(page, templates));
  return [...files].filter(([file, all]) => file !== SHARED && all.some((name) => names.has(name))).map(([file]) => file);
}
