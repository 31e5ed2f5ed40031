// The templates come after the first script, as files of their own: nothing is shown with them before something changes.

const AGAIN_AFTER_MS = 3000;

/** The shared file, and those that hold what elements of these names are drawn with. */
export function filesNeeded(names: readonly string[], files: Readonly<Record<string, readonly string[]>>): string[] {
  const shown = new Set(names);
  return ["shared", ...Object.keys(files).filter((file) => files[file]?.some((name) => shown.has(name)))];
}

/** Puts the templates of single elements into `templates`, and says whether they have come. Some browsers keep a failed import for the life of
 * the page, so that a second try is worth making and a third is not. */
export async function loadTemplates(
  templates: Record<string, string>,
  after: (milliseconds: number, then: () => void) => unknown,
  load: () => Promise<readonly Readonly<Record<string, string>>[]>,
): Promise<boolean> {
  for (const wait of [AGAIN_AFTER_MS, 0]) {
    try {
      Object.assign(templates, ...(await load()));
      return true;
    } catch {
      if (wait > 0) await new Promise<void>((resolve) => after(wait, resolve));
    }
  }
  return false;
}
