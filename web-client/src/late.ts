// What was not there yet when the page was made, such as a ballot before the meeting began: it comes to the place that waits for it.
import type { Streamer } from "./live/streamer.ts";
import type { PageRenderer } from "./render/page_renderer.ts";
import type { Difference } from "./store/topic_store.ts";

export class LateTopics {
  readonly #streamer: Streamer;
  readonly #renderer: PageRenderer;
  readonly #asked = new Set<string>();

  constructor(streamer: Streamer, renderer: PageRenderer) {
    this.#streamer = streamer;
    this.#renderer = renderer;
  }

  /** A place names the row that shows that its topic may be there now. Whoever has none asks again when that row changes. */
  look({ rows }: Difference): void {
    for (const place of document.querySelectorAll<HTMLElement>("[data-late]")) {
      const { late = "", lateWith, partial = "" } = place.dataset;
      if (late === "" || this.#asked.has(late) || !rows.some(({ key }) => key === lateWith)) continue;
      this.#asked.add(late);
      this.#streamer.watch(late, { arrived: () => this.#renderer.draw(place, late, partial), gone: () => this.#asked.delete(late) });
    }
  }
}
