/// Who looks and acts in the rights matrix. Each row of its tables has one word for each of them, in this order.
import { Person } from "../support/http.ts";
import type { Witan } from "../support/witan.ts";

export const readers = [
  "visitor",        // not signed in
  "person",         // signed in, without a seat
  "member",         // of the body in question
  "secretary",      // of it
  "chair",          // of it
  "stranger",       // the secretary of another body
  "administrator",
  "auditor",
  "departed",       // was its secretary; the seat is vacated, the session goes on
  "signed_out",     // its chair, with a session that has ended
] as const;
export type Reader = (typeof readers)[number];
export type Cast = { [reader in Reader]: Person };

export const password = "four words that fit";

export interface Ids {
  body: string;
  other: string;
  seat: string;
  vacant: string;
  people: { [reader: string]: string };
}

async function someone(admin: Person, witan: Witan, name: string): Promise<{ id: string; person: Person }> {
  const email = `${name}@rights.example`;
  const { result } = await admin.command("directory.register_person", { name: `Reader ${name}`, email, password });
  const person = new Person(witan);
  await person.signInWith(email, password);
  return { id: result["person"] ?? "", person };
}

/// Two bodies, and everybody in their place.
export async function makeCast(witan: Witan): Promise<{ cast: Cast; ids: Ids }> {
  const administrator = await new Person(witan).signIn("administrator");
  const make = async (name: string, args: { [key: string]: string }): Promise<{ [key: string]: string }> => (await administrator.command(name, args)).result;
  const { body = "" } = await make("directory.establish_body", { name: "Body in question", kind: "advisory_group" });
  const { body: other = "" } = await make("directory.establish_body", { name: "Another body", kind: "council" });
  const people: { [reader: string]: string } = {};
  const cast: Partial<Cast> = { visitor: new Person(witan), administrator, auditor: await new Person(witan).signIn("auditor") };
  const seats: { [reader: string]: string } = {};
  for (const [reader, where, role] of [
    ["person", "", ""], ["member", body, "member"], ["departed", body, "secretary"], ["secretary", body, "secretary"],
    ["chair", body, "chair"], ["signed_out", body, "chair"], ["stranger", other, "secretary"],
  ] as const) {
    const { id, person } = await someone(administrator, witan, reader);
    cast[reader] = person;
    people[reader] = id;
    if (where === "") continue;
    const { seat = "" } = await make("directory.create_seat", { body: where, title: `Seat of ${reader}`, role });
    await make("directory.fill_seat", { body: where, seat, person: id });
    seats[reader] = seat;
  }
  // Whom seats and offices are given to: they are nobody's eyes here.
  for (const name of ["appointee", "officer"]) {
    people[name] = (await make("directory.register_person", { name: `Somebody, ${name}`, email: `${name}@rights.example` }))["person"] ?? "";
  }
  await make("directory.vacate_seat", { body, seat: seats["departed"] ?? "" });
  const { cookie } = cast.signed_out as Person;
  await (cast.signed_out as Person).send("DELETE", "/api/v1/sessions");
  (cast.signed_out as Person).cookie = cookie;
  const { seat: vacant = "" } = await make("directory.create_seat", { body, title: "A vacant seat", role: "member" });
  return { cast: cast as Cast, ids: { body, other, seat: seats["member"] ?? "", vacant, people } };
}
