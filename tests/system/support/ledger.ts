/// Holds what the clients know against what the services have.
import { number, query } from "./database.ts";
import type { Entry } from "./journal.ts";
import { services, type Service, type Witan } from "./witan.ts";

/// Every way in which acknowledged commands are not there exactly once, one sentence each.
export function faultsInLogs(witan: Witan, entries: Entry[]): string[] {
  const known = new Map(entries.map((entry) => [entry.id, entry]));
  return services.flatMap((service) => [
    ...faultsInNumbers(witan, service),
    ...faultsInCommands(witan, service, known),
    ...entries.filter((entry) => entry.service === service && entry.version !== undefined).flatMap((entry) => lost(witan, service, entry)),
  ]);
}

interface Written {
  seq: number;
  type: string;
}

const eventsOf = new Map<string, Map<string, Written[]>>();

function bySender(witan: Witan, service: Service): Map<string, Written[]> {
  const name = `${witan.data}/${service}`;
  const before = eventsOf.get(name);
  if (before) return before;
  const found = new Map<string, Written[]>();
  for (const row of query(witan, service, "SELECT seq, type, command_id FROM events WHERE command_id LIKE 'kill.%' ORDER BY seq")) {
    const id = String(row["command_id"]);
    found.set(id, [...(found.get(id) ?? []), { seq: Number(row["seq"]), type: String(row["type"]) }]);
  }
  eventsOf.set(name, found);
  return found;
}

function lost(witan: Witan, service: Service, entry: Entry): string[] {
  const last = bySender(witan, service).get(entry.id)?.at(-1);
  if (last === undefined) return [`${service}: ${entry.id} was acknowledged and is not in the log`];
  return last.seq === entry.version ? [] : [`${service}: ${entry.id} was acknowledged as ${entry.version} and is ${last.seq}`];
}

/// One commit: its events follow one another, and none of the load's commands writes two of a kind.
function isWrittenOnce(events: Written[]): boolean {
  const follow = events.every(({ seq }, n) => seq === (events[0]?.seq ?? 0) + n);
  return follow && new Set(events.map(({ type }) => type)).size === events.length;
}

function faultsInCommands(witan: Witan, service: Service, known: Map<string, Entry>): string[] {
  return [...bySender(witan, service)].flatMap(([id, events]) => [
    ...(known.get(id)?.service === service ? [] : [`${service}: nobody sent ${id}`]),
    ...(isWrittenOnce(events) ? [] : [`${service}: ${id} is in the log more than once: ${events.map(({ seq, type }) => `${seq} ${type}`).join(", ")}`]),
  ]);
}

function faultsInNumbers(witan: Witan, service: Service): string[] {
  const holes = number(witan, service, "SELECT count(*) != coalesce(max(seq), 0) FROM events");
  const aggregates = query(witan, service, "SELECT aggregate FROM events GROUP BY aggregate HAVING min(version) != 1 OR max(version) != count(*)");
  const parked = number(witan, service, "SELECT count(*) FROM parked");
  const check = String(Object.values(query(witan, service, "PRAGMA integrity_check")[0] ?? {})[0]);
  return [
    ...(holes ? [`${service}: the sequence has holes`] : []),
    ...aggregates.map((row) => `${service}: the versions of ${String(row["aggregate"])} have holes`),
    ...(parked ? [`${service}: ${parked} events of others were put aside`] : []),
    ...(check === "ok" ? [] : [`${service}: ${check}`]),
  ];
}

/// How often each marker stands in the rows that people see: 1 for each acknowledged command, at most 1 for the others.
export function faultsInEffects(entries: Entry[], service: Service, field: string, shown: { [key: string]: { [field: string]: unknown } }): string[] {
  const counts = new Map<string, number>();
  for (const value of Object.values(shown)) {
    const marker = String(value[field] ?? "");
    counts.set(marker, (counts.get(marker) ?? 0) + 1);
  }
  return entries
    .filter((entry) => entry.service === service)
    .flatMap((entry) => {
      const count = counts.get(entry.marker) ?? 0;
      const isRight = entry.version === undefined ? count <= 1 : count === 1;
      return isRight ? [] : [`${service}: ${entry.id} shows ${count} times`];
    });
}
