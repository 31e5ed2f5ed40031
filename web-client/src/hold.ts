// New elements by others wait here, behind a button, so that nothing moves what someone is reading.

interface Waiting {
  topic: string;
  key: string;
  insert: () => HTMLElement | undefined;
}

/** "Show 1 new comment", "Show 3 new entries". */
export function holdText(noun: string, count: number): string {
  const many = noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `Show ${count} new ${count === 1 ? noun : many}`;
}

export class Hold {
  readonly #waiting = new Map<HTMLElement, Waiting[]>();
  readonly #changed: (total: number) => void;

  constructor(changed: (total: number) => void) {
    this.#changed = changed;
  }

  keep(container: HTMLElement, topic: string, key: string, insert: Waiting["insert"]): void {
    const list = this.#waiting.get(container) ?? [];
    if (list.some((waiting) => waiting.topic === topic && waiting.key === key)) return;
    list.push({ topic, key, insert });
    this.#waiting.set(container, list);
    this.#show(container);
  }

  /** It is gone again before anyone saw it. */
  drop(topic: string, key: string): void {
    for (const [container, list] of this.#waiting) {
      const rest = list.filter((waiting) => waiting.topic !== topic || waiting.key !== key);
      if (rest.length === list.length) continue;
      if (rest.length > 0) this.#waiting.set(container, rest);
      else this.#waiting.delete(container);
      this.#show(container);
    }
  }

  /** Nobody looks at this topic any more. */
  forget(topic: string): void {
    for (const [container, list] of this.#waiting) {
      if (list.some((waiting) => waiting.topic === topic)) this.#waiting.delete(container);
    }
    this.#tellTotal();
  }

  reveal(container: HTMLElement): void {
    const list = this.#waiting.get(container) ?? [];
    this.#waiting.delete(container);
    const shown = list.map(({ insert }) => insert()).filter((element) => element !== undefined);
    for (const element of shown) element.classList.add("app-new");
    const first = shown[0];
    first?.setAttribute("tabindex", "-1");
    first?.focus();
    this.#show(container);
  }

  #show(container: HTMLElement): void {
    const count = this.#waiting.get(container)?.length ?? 0;
    const { topic, list } = container.dataset;
    const place = document.querySelector(`[data-topic="${CSS.escape(topic ?? "")}"][data-hold-for="${CSS.escape(list ?? "")}"]`);
    place?.replaceChildren(...(count > 0 ? [this.#button(container, count)] : []));
    this.#tellTotal();
  }

  #tellTotal(): void {
    this.#changed([...this.#waiting.values()].reduce((total, list) => total + list.length, 0));
  }

  #button(container: HTMLElement, count: number): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary app-button--small";
    button.textContent = holdText(container.dataset["hold"] ?? "element", count);
    const where = document.createElement("span");
    where.className = "govuk-visually-hidden";
    where.textContent = ` in ${container.dataset["where"] ?? "this list"}`;
    button.append(where);
    button.addEventListener("click", () => this.reveal(container));
    return button;
  }
}
