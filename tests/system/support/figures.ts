/// What operators see on the admin port.
import type { Service, Witan } from "./witan.ts";
import { services } from "./witan.ts";
import { number } from "./database.ts";

/// Events of each service that the bus has not acknowledged; undefined for a service that does not answer.
export async function unpublished(witan: Witan): Promise<{ [service: string]: number | undefined }> {
  const text = await fetch(`http://127.0.0.1:${witan.adminPort}/metrics`).then(
    (answer) => answer.text(),
    () => "",
  );
  const of = (service: Service): number | undefined => {
    const found = new RegExp(`^witan_${service}_events_unpublished ([-0-9.e+]+)`, "m").exec(text);
    return found ? Number(found[1]) : undefined;
  };
  return Object.fromEntries(services.map((service) => [service, of(service)]));
}

export async function isAllPublished(witan: Witan): Promise<boolean> {
  const left = await unpublished(witan);
  return services.every((service) => left[service] === 0);
}

/// True when each service has taken in all that directory has told the others.
export function hasEverybodyHeardDirectory(witan: Witan): boolean {
  const told = number(witan, "directory", "SELECT max(seq) FROM events");
  return (["meetings", "advisory", "consultations"] as const).every(
    (service) => number(witan, service, "SELECT max(version) FROM checkpoints WHERE producer LIKE 'directory%'") === told,
  );
}
