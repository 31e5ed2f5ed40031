// The templates come after the first script, as a file of their own: nothing is shown with them before something changes.

const AGAIN_AFTER_MS = 3000;

/** Puts the templates of single elements into `templates`; tries until they have come. */
export async function loadTemplates(templates: Record<string, string>, after: (milliseconds: number, then: () => void) => unknown): Promise<void> {
  try {
    Object.assign(templates, (await import("./partials.ts")).partials);
  } catch {
    await new Promise<void>((resolve) => after(AGAIN_AFTER_MS, resolve));
    await loadTemplates(templates, after);
  }
}
