/// Clients that send commands to every service and repeat each with the same id until it is answered.
import type { CommandReply, JsonObject, Person } from "./http.ts";
import type { Journal } from "./journal.ts";
import type { Random } from "./random.ts";
import type { Scene } from "./scene.ts";
import { pause } from "./wait.ts";
import type { Service } from "./witan.ts";

/// Directory less often: a body has at most 400 seats.
const mix: Service[] = ["directory", ...(["meetings", "advisory", "consultations"] as const).flatMap((service) => [service, service, service])];

interface Work {
  by: Person;
  name: string;
  args: JsonObject;
}

function workFor(service: Service, scene: Scene, marker: string, random: Random): Work {
  switch (service) {
    case "directory":
      return { by: scene.secretary, name: "directory.create_seat", args: { body: scene.council, title: marker, role: "member" } };
    case "meetings":
      return { by: scene.secretary, name: "meetings.edit_agenda_item", args: { meeting: scene.meeting, item: random.one(scene.items), lead: marker } };
    case "advisory":
      return {
        by: scene.champion,
        name: "advisory.log_engagement",
        args: {
          ...{ group: scene.group, organisation: marker, kind: "business", sector: "Robotics", area: "Nowhere" },
          ...{ heard_on: "2018-06-01", channel: "visit", said: "We were heard." },
        },
      };
    case "consultations":
      return { by: scene.member, name: "consultations.add_comment", args: { consultation: scene.consultation, draft: 1, block: scene.block, text: marker } };
  }
}

export class Load {
  isOver = false;
  acknowledged = 0;
  repeated = 0;
  /// Answers that a client of a working Witan must never see.
  readonly faults: string[] = [];

  constructor(
    private readonly scene: Scene,
    private readonly journal: Journal,
    private readonly random: Random,
  ) {}

  async client(name: string): Promise<void> {
    for (let n = 0; !this.isOver; ++n) {
      const service = this.random.one(mix);
      const marker = `${name}-${n}`;
      const entry = { id: `kill.${marker}`, service, marker };
      const work = workFor(service, this.scene, marker, this.random);
      this.journal.sent(entry);
      const reply = await this.untilAnswered(work, entry.id);
      if (reply === undefined) continue;
      this.journal.acknowledged(entry, reply.version, reply.epoch);
      this.acknowledged += 1;
      if (this.random.next() < 0.1) await this.askAgain(work, entry.id, reply);
      await pause(this.random.between(0, 60));
    }
  }

  /// Nothing when the client gave up, as people do now and then.
  private async untilAnswered(work: Work, id: string): Promise<CommandReply | undefined> {
    const end = Date.now() + 45_000;
    for (;;) {
      const answer = await work.by.try(work.name, work.args, id);
      if (answer.status === 200) return answer.body as unknown as CommandReply;
      const mayRetry = answer.status === 0 || answer.body["may_retry"] === true;
      if (!mayRetry || answer.status === 500 || Date.now() > end) {
        this.faults.push(`${work.name} ${id}: ${answer.status} ${answer.text}`);
        return undefined;
      }
      if (this.random.next() < 0.05) return undefined;
      this.repeated += 1;
      await pause(this.random.between(20, 150));
    }
  }

  /// A command that was answered is answered in the same way again, also by a process that was started since.
  private async askAgain(work: Work, id: string, first: CommandReply): Promise<void> {
    const again = await this.untilAnswered(work, id);
    if (again === undefined) return;
    const isSame = again.version === first.version && again.epoch === first.epoch && JSON.stringify(again.result) === JSON.stringify(first.result);
    if (!isSame) this.faults.push(`${id} was answered ${JSON.stringify(first)} and then ${JSON.stringify(again)}`);
  }
}
