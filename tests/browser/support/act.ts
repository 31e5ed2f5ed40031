// A running Witan and a browser for the scenes of one file; everybody who comes in leaves at the end of the scene.
import { after, before, describe, test } from "node:test";
import { openBrowser, type Browser } from "../../../web-client/test/support/browser.ts";
import { Person, type Circumstances } from "./person.ts";
import { cannotRun, System, type Account, type Setup } from "./system.ts";

const SCENE_WITHIN_MS = 300_000;

export class Act {
  #system: System | undefined;
  #browser: Browser | undefined;
  readonly #present: Person[] = [];

  get system(): System {
    if (!this.#system) throw new Error("Witan is not running");
    return this.#system;
  }

  /** One test. Afterwards nobody's browser may have complained. */
  scene(name: string, play: () => Promise<void>, within = SCENE_WITHIN_MS): void {
    test(name, { timeout: within }, async () => {
      try {
        await play();
        for (const person of this.#present) person.hasNoComplaint();
      } finally {
        for (const person of this.#present.splice(0)) await person.context.close();
      }
    });
  }

  async visitor(circumstances: Circumstances = {}): Promise<Person> {
    if (!this.#browser) throw new Error("there is no browser");
    const person = await Person.comesIn(this.#browser, this.system, circumstances);
    this.#present.push(person);
    return person;
  }

  async signedIn(account: Account, circumstances: Circumstances = {}): Promise<Person> {
    const person = await this.visitor(circumstances);
    await person.signIn(account);
    return person;
  }

  async begin(setup: Setup): Promise<void> {
    this.#system = await System.start(setup);
    this.#browser = await openBrowser();
  }

  async end(): Promise<void> {
    await this.#browser?.close();
    await this.#system?.stop();
  }
}

export function act(name: string, declare: (act: Act) => void, setup: () => Promise<Setup> = async () => ({})): void {
  describe(name, { skip: cannotRun }, () => {
    const now = new Act();
    before(async () => now.begin(await setup()));
    after(() => now.end());
    declare(now);
  });
}
