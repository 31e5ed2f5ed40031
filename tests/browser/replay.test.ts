import assert from "node:assert/strict";
import { before } from "node:test";
import { act } from "./support/act.ts";
import { command } from "./support/command.ts";
import { looksRight, looksRightUnfolded } from "./support/looks.ts";
import type { Account } from "./support/system.ts";
import type { Person } from "./support/person.ts";

act("a meeting that is over", (council) => {
  let secretary: Account;
  let path: string;

  before(async () => {
    secretary = council.system.holder("secretary, Council of LEP Chairs");
    path = await council.system.path("meetings", "Council of LEP Chairs");
  });

  /** Two items, the second for members: somebody speaks at both, and there is a vote at the first. */
  async function hold(page: Person["page"]): Promise<void> {
    const { entities } = await council.system.rows(path.slice(1));
    const agenda = Object.values(entities).filter((row) => "is_restricted" in row).sort((a, b) => String(a["sort"]).localeCompare(String(b["sort"])));
    const meeting = path.split("/")[2] ?? "";
    const item = String(agenda[0]?.["item"]);
    const { item: closed = "" } = await command(page, "add_agenda_item", { meeting, title: "Staffing matters", kind: "decision", minutes: 5, circulation: "members" });
    await command(page, "start_meeting", { meeting });
    const attendance = await council.system.rows(`attendance/${meeting}`);
    const seats = Object.values(attendance.entities).filter((row) => /^Chair, /.test(String(row["title"]))).map((row) => String(row["seat"]));
    const speak = async (seat = ""): Promise<void> => {
      for (const step of ["ask_to_speak", "give_floor", "end_turn"]) await command(page, step, { meeting, seat });
    };
    await command(page, "record_attendance", { meeting, seat: seats[0], presence: "present" });
    await speak(seats[0]);
    const { vote } = await command(page, "open_vote", { meeting, item, kind: "named", question: "Shall the report be published?" });
    await command(page, "cast_vote", { meeting, vote, seat: seats[0], choice: "approve" });
    await command(page, "close_vote", { meeting, vote });
    await command(page, "go_to_item", { meeting, item: closed });
    await speak(seats[1]);
    await command(page, "close_meeting", { meeting });
  }

  council.scene("is played by keyboard on a small screen, and to a visitor without what happened behind doors", async () => {
    const [writer, visitor] = [await council.signedIn(secretary, { width: 320 }), await council.visitor()];
    visitor.expects(/status of 404/);
    await writer.page.goto(path);
    await visitor.page.goto(`${path}/replay`);
    await visitor.page.getByRole("heading", { name: "Page not found" }).waitFor();
    await hold(writer.page);

    await writer.follow(path);
    await writer.page.getByRole("link", { name: "Replay", exact: true }).click();
    await writer.page.getByRole("heading", { name: /^Replay of / }).waitFor();
    const player = writer.page.getByRole("group", { name: "Play back" });
    await player.getByText("The meeting began").waitFor();
    const range = player.getByRole("slider", { name: "Moment of the meeting" });
    await writer.tabTo("#replay-player input[type=range]");
    for (let n = 0; n < 3; n++) await writer.page.keyboard.press("ArrowRight");
    assert.match(String(await range.getAttribute("aria-valuetext")), /had the floor|finished/);
    assert.equal(await writer.page.locator(".app-moment[aria-current]").count(), 1);
    await writer.page.keyboard.press("End");
    await player.getByText("The meeting was closed").waitFor();
    await player.getByRole("button", { name: "Previous moment" }).press("Enter");
    assert.equal(await player.getByRole("button", { name: "Play" }).count(), 1, "nothing plays by itself");
    await player.getByRole("button", { name: "Play" }).press("Enter");
    await player.getByText("The meeting was closed").waitFor();
    await player.getByRole("button", { name: "Play" }).waitFor();
    await looksRightUnfolded(writer, "replay-secretary");

    await visitor.page.goto(`${path}/replay`);
    await visitor.page.getByText("which is for members").first().waitFor();
    const list = await visitor.page.locator("main").innerText();
    assert.match(list, /Shall the report be published\?/);
    assert.doesNotMatch(list, /Staffing|members present/);
    assert.equal((list.match(/, had the floor\n/g) ?? []).length, 1, "who spoke behind doors is not told");
    await looksRight(visitor, "replay-visitor");
  });

  council.scene("is a list without script, of all or of one kind", async () => {
    const reader = await council.visitor({ script: false });
    await reader.page.goto(`${path}/replay`);
    await reader.page.getByRole("link", { name: "Speakers" }).click();
    await reader.page.getByRole("link", { name: "Speakers", exact: true }).and(reader.page.locator("[aria-current=page]")).waitFor();
    assert.equal(await reader.page.locator(".app-moment").count(), 2);
    await reader.page.getByRole("link", { name: "Decisions and votes" }).click();
    await reader.page.getByText("Vote opened").waitFor();
    await looksRight(reader, "replay-votes-plain");
    await reader.page.getByRole("link", { name: "Papers" }).click();
    await reader.page.getByText("Nothing of this kind happened that you may see.").waitFor();
  });
});
