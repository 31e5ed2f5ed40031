// The templates come after the first script, as a file of their own: nothing is shown with them before something changes.

const AGAIN_AFTER_MS = 3000;

/** Puts the templates of single elements into `templates`, and says whether they have come. Some browsers keep a failed import for the life of
 * the page, so that a second try is worth making and a third is not. */
export async function loadTemplates(
  templates: Record<string, string>,
  after: (milliseconds: number, then: () => void) => unknown,
  load = (): Promise<{ partials: Readonly<Record<string, string>> }> => import("./partials.ts"),
): Promise<boolean> {
  for (const wait of [AGAIN_AFTER_MS, 0]) {
    try {
      Object.assign(templates, (await load()).partials);
      return true;
    } catch {
      if (wait > 0) await new Promise<void>((resolve) => after(wait, resolve));
    }
  }
  return false;
}
