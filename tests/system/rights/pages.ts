/// Each page, and what each reader gets: written by hand. ok, 404, or in: asked to sign in.
import type { Things } from "./things.ts";

export interface PageRow {
  path?: (things: Things) => string;
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  get: string;
}

const all = "ok ok ok ok ok ok ok ok ok ok";
const nobody = "404 404 404 404 404 404 404 404 404 404";
const page = (of: string) => ({ path: (): string => of, get: nobody });  // nothing has turned to a page here

export const pages: { [route: string]: PageRow } = {
  "/": { get: all },
  "/sign-in": { get: all },
  "/sign-in/code": { get: all },
  "/forgotten-password": { get: all },
  "/forgotten-password/sent": { get: all },
  "/link/{token}": { path: () => `/link/${"t".repeat(52)}`, get: all },
  "/help": { get: all },
  "/accessibility": { get: all },
  "/privacy": { get: all },
  "/cookies": { get: all },
  "/account": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/second-factor": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/recovery-codes": { get: "in ok ok ok ok ok ok ok ok in" },
  "/people": { get: "404 404 404 404 404 404 ok ok 404 404" },
  "/people/page/{page}": page("/people/page/1"),
  "/people/{person}": { path: ({ ids }) => `/people/${ids.people["member"]}`, get: "404 404 ok 404 404 404 ok 404 404 404" },
  "/organisations": { get: all },
  "/organisations/page/{page}": page("/organisations/page/1"),
  "/mail": { get: "404 404 404 404 404 404 ok 404 404 404" },
  "/mail/page/{page}": page("/mail/page/1"),
  "/bodies": { get: all },
  "/bodies/page/{page}": page("/bodies/page/1"),
  "/bodies/{body}": { path: ({ ids }) => `/bodies/${ids.body}`, get: all },
  "/bodies/{body}/seats": { path: ({ ids }) => `/bodies/${ids.body}/seats`, get: all },
  "/bodies/{body}/history": { path: ({ ids }) => `/bodies/${ids.body}/history`, get: all },
  "/bodies/{body}/history/{page}": { path: ({ ids }) => `/bodies/${ids.body}/history/1`, get: nobody },
  "/bodies/{body}/meetings/{page}": { path: ({ ids }) => `/bodies/${ids.body}/meetings/1`, get: nobody },
  "/bodies/{body}/consultations/{page}": { path: ({ ids }) => `/bodies/${ids.body}/consultations/1`, get: nobody },
  "/meetings": { get: all },
  "/meetings/page/{page}": page("/meetings/page/1"),
  "/meetings/{meeting}": { path: ({ meetings }) => `/meetings/${meetings.draft}`, get: "404 404 404 ok ok 404 ok ok 404 404" },
  "/meetings/{meeting}/agenda": { path: ({ meetings }) => `/meetings/${meetings.draft}/agenda`, get: "404 404 404 ok ok 404 ok ok 404 404" },
  "/meetings/{meeting}/live": { path: ({ meetings }) => `/meetings/${meetings.published}/live`, get: all },
  "/groups": { get: all },
  "/groups/{group}": { path: ({ ids }) => `/groups/${ids.body}`, get: all },
  "/groups/{group}/engagements/{page}": { path: ({ ids }) => `/groups/${ids.body}/engagements/1`, get: nobody },
  "/consultations": { get: all },
  "/consultations/page/{page}": page("/consultations/page/1"),
  "/consultations/{consultation}": { path: ({ consultations }) => `/consultations/${consultations.preparing}`, get: "404 404 404 ok ok 404 ok ok 404 404" },
  "/consultations/{consultation}/draft/{draft}": { path: ({ consultations }) => `/consultations/${consultations.preparing}/draft/1`, get: "404 404 404 ok ok 404 ok ok 404 404" },
  "/consultations/{consultation}/draft/{draft}/{thread}": {
    path: ({ consultations, block }) => `/consultations/${consultations.preparing}/draft/1/${block}`,
    get: "404 404 404 ok ok 404 ok ok 404 404",
  },
  "/audit": { get: "404 404 404 404 404 404 ok ok 404 404" },
  "/audit.csv": { get: "404 404 404 404 404 404 ok ok 404 404" },
  "/healthz": { get: all },
  "/readyz": { get: all },
  "/api/v1/openapi.json": { get: all },
  "/api/v1/asyncapi.json": { get: all },
  "/nothing-here": { get: nobody },
};
