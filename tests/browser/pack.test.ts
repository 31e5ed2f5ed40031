// All papers of a meeting as one file, and its agenda for paper.
import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { act } from "./support/act.ts";
import { looksRight } from "./support/looks.ts";

act("the papers of the council's meeting of 19 June 2018, for a bag", (council) => {
  council.scene("are one file for everybody, and a page for printing, without script and on a phone", async () => {
    const path = await council.system.path("meetings", "Council of LEP Chairs");
    for (const options of [{ script: false, width: 320 }, {}]) {
      const visitor = await council.visitor(options);
      await visitor.page.goto(path);
      const arrived = visitor.page.waitForEvent("download");
      await visitor.page.getByRole("link", { name: "All papers that you may read" }).click();
      const download = await arrived;
      assert.match(download.suggestedFilename(), / papers\.zip$/);
      assert.ok(statSync(await download.path()).size > 1000);
      await visitor.page.getByRole("link", { name: "Agenda and papers for printing" }).click();
      await visitor.page.getByRole("heading", { name: "Agenda", exact: true }).waitFor();
      await looksRight(visitor, "meeting-print");
      await visitor.page.emulateMedia({ media: "print" });
      assert.equal(await visitor.page.locator(".govuk-back-link").isVisible(), false, "on paper there is nothing to click");
      assert.ok(await visitor.page.locator(".app-agenda-item").first().isVisible());
    }
  });
});
