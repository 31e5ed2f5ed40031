/// Each address that answers a GET, and what each reader gets: written by hand, and a row for each state of what it is about.
/// ok, 400, 404, or in: asked to sign in.
import { script } from "./doors.ts";
import type { Told } from "./states.ts";
import type { Things } from "./things.ts";

export interface PageRow {
  path?: (things: Things, state: string) => string;
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  get: Told;
}

const all = "ok ok ok ok ok ok ok ok ok ok";
const nobody = "404 404 404 404 404 404 404 404 404 404";
const staff = "404 404 404 ok ok 404 ok ok 404 404";
const members = "404 404 ok ok ok 404 ok ok 404 404";
const heard = "404 404 ok ok ok 404 404 ok 404 404";   // whom a group has heard is its members'
const administrators = "404 404 404 404 404 404 ok 404 404 404";
const agenda = { draft: staff, published: all, started: all, closed: all };
const consultation = { preparing: staff, open: all, closed: all };

const everybodys = { draft: nobody, published: all, started: all, closed: all };

const ofMeeting = (part: string): NonNullable<PageRow["path"]> => ({ meetings }, state) => `/meetings/${meetings[state as keyof typeof meetings]}${part}`;
/// Of one whose minutes are in that state, or that is in it itself.
const ofMinutes = (ending: string): NonNullable<PageRow["path"]> => ({ meetings, minutes }, state) =>
  `/meetings/${minutes[state]?.meeting ?? meetings[state as keyof typeof meetings]}/minutes${ending}`;
const minutes = { draft: nobody, published: nobody, started: staff, closed: staff, writing: staff, circulated: members, approved: all };
const ofConsultation = (part: (things: Things) => string): NonNullable<PageRow["path"]> => (things, state) =>
  `/consultations/${things.consultations[state as keyof typeof things.consultations]}${part(things)}`;
const ofGroup = (part: string): NonNullable<PageRow["path"]> => ({ ids }, state) => `/groups/${state === "open" ? ids.body : ids.other}${part}`;

export const pages: { [route: string]: PageRow } = {
  "/": { get: all },
  "/papers/{paper}": { path: ({ papers }, state) => `/papers/${papers[state as keyof typeof papers]}`, get: agenda },
  "/papers/{paper}/file/{version}": {
    path: ({ papers, papersOf }, state) => `/papers/${papersOf[state] ?? papers[state as keyof typeof papers]}/file/1`,
    get: { ...agenda, item: members, members, embargoed: staff, withdrawn: nobody, named: members, unnamed: staff },
  },
  "/papers/{paper}/read/{version}": {
    path: ({ papers, papersOf }, state) => `/papers/${papersOf[state] ?? papers[state as keyof typeof papers]}/read/1`,
    get: { ...agenda, item: members, members, embargoed: staff, withdrawn: nobody, named: members, unnamed: staff },
  },
  "/uploads/{upload}": { path: () => `/uploads/${"a".repeat(26)}`, get: "401 404 404 404 404 404 404 404 404 401" },
  "/sign-in": { get: all },
  "/sign-in/code": { get: all },
  "/forgotten-password": { get: all },
  "/forgotten-password/sent": { get: all },
  "/link/{token}": { path: ({ tokens }, state) => `/link/${tokens[state]}`, get: { open: all, used: all, withdrawn: all, unknown: all } },   // for whoever was sent it
  "/help": { get: all },
  "/accessibility": { get: all },
  "/privacy": { get: all },
  "/cookies": { get: all },
  "/account": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/actions": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/calendar": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/email": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/name": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/second-factor": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/recovery-codes": { get: "in ok ok ok ok ok ok ok ok in" },
  "/interests/{person}": { path: ({ ids }) => `/interests/${ids.people["member"]}`, get: all },
  "/account/delete": { get: "in ok ok ok ok ok ok ok ok in" },
  "/account/deleted": { get: all },
  "/sign-in/openid": { get: nobody },  // where it is not set up; tests/system/openid.test.ts sets it up
  "/account/openid": { get: nobody },
  "/account/export.json": { get: "401 ok ok ok ok ok ok ok ok 401" },
  "/account/export.html": { get: "401 ok ok ok ok ok ok ok ok 401" },
  "/people": { get: "404 404 404 404 404 404 ok ok 404 404" },
  "/people/page/{page}": { path: () => "/people/page/1", get: "404 404 404 404 404 404 ok ok 404 404" },
  "/people/{person}": { path: ({ ids }) => `/people/${ids.people["member"]}`, get: "404 404 ok 404 404 404 ok 404 404 404" },
  "/people/{person}/change": { path: ({ ids }) => `/people/${ids.people["member"]}/change`, get: "404 404 ok 404 404 404 ok 404 404 404" },
  "/people/{person}/delete": { path: ({ ids }) => `/people/${ids.people["member"]}/delete`, get: "404 404 ok 404 404 404 ok 404 404 404" },
  "/organisations": { get: all },
  "/organisations/page/{page}": { path: () => "/organisations/page/1", get: all },
  "/mail": { get: administrators },
  "/mail/page/{page}": { path: () => "/mail/page/1", get: administrators },
  "/bodies": { get: all },
  "/bodies/page/{page}": { path: () => "/bodies/page/1", get: all },
  "/bodies/{body}": { path: ({ ids }) => `/bodies/${ids.body}`, get: all },
  "/bodies/{body}/seats": { path: ({ ids }) => `/bodies/${ids.body}/seats`, get: all },
  "/bodies/{body}/history": { path: ({ ids }) => `/bodies/${ids.body}/history`, get: all },
  "/bodies/{body}/history/{page}": { path: ({ ids }) => `/bodies/${ids.body}/history/1`, get: all },
  "/bodies/{body}/decisions": { path: ({ ids }) => `/bodies/${ids.body}/decisions`, get: all },
  "/bodies/{body}/decisions/{page}": { path: ({ ids }) => `/bodies/${ids.body}/decisions/1`, get: all },
  "/bodies/{body}/decisions/members/{page}": { path: ({ ids }) => `/bodies/${ids.body}/decisions/members/1`, get: members },
  "/bodies/{body}/dates": { path: ({ ids }) => `/bodies/${ids.body}/dates`, get: members },
  "/bodies/{body}/dates/{meeting}.ics": {   // drafts as well: that there is one is known to the members
    path: ({ ids, meetings }, state) => `/bodies/${ids.body}/dates/${meetings[state as keyof typeof meetings]}.ics`,
    get: { draft: members, published: members, started: members, closed: members },
  },
  "/bodies/{body}/plan": { path: ({ ids }) => `/bodies/${ids.body}/plan`, get: all },
  "/bodies/{body}/actions": { path: ({ ids }) => `/bodies/${ids.body}/actions`, get: members },
  "/bodies/{body}/actions/all": { path: ({ ids }) => `/bodies/${ids.body}/actions/all`, get: members },
  "/bodies/{body}/actions/open/{page}": { path: ({ ids }) => `/bodies/${ids.body}/actions/open/1`, get: members },
  "/bodies/{body}/actions/closed/{page}": { path: ({ ids }) => `/bodies/${ids.body}/actions/closed/1`, get: members },
  "/bodies/{body}/actions/{action}": {
    path: ({ ids, minutes }, state) => `/bodies/${ids.body}/actions/${minutes[state]?.action}`, get: { writing: nobody, circulated: members, approved: members },
  },
  "/bodies/{body}/meetings/{page}": { path: ({ ids }) => `/bodies/${ids.body}/meetings/1`, get: members },
  "/bodies/{body}/consultations/{page}": { path: ({ ids }) => `/bodies/${ids.body}/consultations/1`, get: members },
  "/meetings": { get: all },
  "/meetings/page/{page}": { path: () => "/meetings/page/1", get: all },
  "/meetings/{meeting}": { path: ofMeeting(""), get: agenda },
  "/meetings/{meeting}/agenda": { path: ofMeeting("/agenda"), get: agenda },
  "/meetings/{meeting}/attendance": { path: ofMeeting("/attendance"), get: { draft: staff, published: members, started: all, closed: all } },
  "/meetings/{meeting}/replay": { path: ofMeeting("/replay"), get: { draft: nobody, published: nobody, started: nobody, closed: all } },
  "/meetings/{meeting}/replay/{list}/{page}": { path: ofMeeting("/replay/votes/1"), get: { draft: nobody, published: nobody, started: nobody, closed: all } },
  "/meetings/{meeting}/minutes": {
    path: ofMinutes(""),
    get: minutes,
  },
  "/meetings/{meeting}/votes/{vote}": {
    path: ({ meetings, voted }, state) => `/meetings/${voted[state]?.meeting ?? meetings[state as keyof typeof meetings]}/votes/${voted[state]?.vote ?? "n".repeat(26)}`,
    get: { draft: nobody, published: nobody, started: nobody, closed: nobody, item: all, restricted: members },
  },
  "/meetings/{meeting}.ics": { path: ofMeeting(".ics"), get: agenda },
  "/meetings/{meeting}/print": { path: ofMeeting("/print"), get: agenda },
  "/meetings/{meeting}/forward": { path: ofMeeting("/forward"), get: agenda },
  "/meetings/{meeting}/circulation": { path: ofMeeting("/circulation"), get: { draft: staff, published: staff, started: staff, closed: staff } },
  "/meetings/{meeting}/pack.zip": { path: ofMeeting("/pack.zip"), get: agenda },
  "/meetings/{meeting}/agenda.csv": { path: ofMeeting("/agenda.csv"), get: agenda },
  "/meetings/{meeting}/agenda.json": { path: ofMeeting("/agenda.json"), get: agenda },
  "/meetings/{meeting}/minutes.csv": { path: ofMinutes(".csv"), get: minutes },
  "/meetings/{meeting}/minutes.json": { path: ofMinutes(".json"), get: minutes },
  "/bodies/{body}/decisions.csv": { path: ({ ids }) => `/bodies/${ids.body}/decisions.csv`, get: all },
  "/bodies/{body}/decisions.json": { path: ({ ids }) => `/bodies/${ids.body}/decisions.json`, get: all },
  "/bodies/{body}/actions.csv": { path: ({ ids }) => `/bodies/${ids.body}/actions.csv`, get: members },
  "/bodies/{body}/actions.json": { path: ({ ids }) => `/bodies/${ids.body}/actions.json`, get: members },
  "/feeds/papers.atom": { get: all },
  "/feeds/meetings.ics": { get: all },
  "/calendar/{calendar}.ics": { path: ({ calendar }) => calendar.path, get: all },   // for whoever knows the address
  "/bodies/{body}/papers.atom": { path: ({ ids }) => `/bodies/${ids.body}/papers.atom`, get: all },
  // The same for whoever asks: what a visitor may read.
  "/oparl/v1/system": { get: all },
  "/oparl/v1/bodies": { get: all },
  "/oparl/v1/body": { get: all },
  "/oparl/v1/persons": { get: all },
  "/oparl/v1/organizations": { get: all },
  "/oparl/v1/organizations/page/{page}": { path: () => `/oparl/v1/organizations/page/1`, get: all },
  "/oparl/v1/organizations/{body}": { path: ({ ids }) => `/oparl/v1/organizations/${ids.body}`, get: all },
  "/oparl/v1/organizations/{body}/meetings": { path: ({ ids }) => `/oparl/v1/organizations/${ids.body}/meetings`, get: all },
  "/oparl/v1/meetings": { get: all },
  "/oparl/v1/meetings/page/{page}": { path: () => `/oparl/v1/meetings/page/1`, get: all },
  "/oparl/v1/meetings/{meeting}": { path: ({ meetings }, state) => `/oparl/v1/meetings/${meetings[state as keyof typeof meetings]}`, get: everybodys },
  "/oparl/v1/meetings/{meeting}/location": { path: ({ meetings }, state) => `/oparl/v1/meetings/${meetings[state as keyof typeof meetings]}/location`, get: everybodys },
  "/oparl/v1/meetings/{meeting}/items/{item}": { path: ({ agendas }, state) => { const { meeting, item } = agendas[state as keyof typeof agendas]; return `/oparl/v1/meetings/${meeting}/items/${item}`; }, get: everybodys },
  "/oparl/v1/papers": { get: all },
  "/oparl/v1/papers/page/{page}": { path: () => `/oparl/v1/papers/page/1`, get: all },
  "/oparl/v1/papers/{paper}": { path: ({ papers, papersOf }, state) => `/oparl/v1/papers/${papersOf[state] ?? papers[state as keyof typeof papers]}`, get: { ...everybodys, item: nobody, members: nobody, embargoed: nobody, named: nobody, unnamed: nobody, withdrawn: all } },
  "/oparl/v1/papers/{paper}/file": { path: ({ papers, papersOf }, state) => `/oparl/v1/papers/${papersOf[state] ?? papers[state as keyof typeof papers]}/file`, get: { ...everybodys, item: nobody, members: nobody, embargoed: nobody, named: nobody, unnamed: nobody, withdrawn: nobody } },
  "/oparl/v1/papers/{paper}/consultation": { path: ({ papers, papersOf }, state) => `/oparl/v1/papers/${papersOf[state] ?? papers[state as keyof typeof papers]}/consultation`, get: { ...everybodys, item: nobody, members: nobody, embargoed: nobody, named: nobody, unnamed: nobody, withdrawn: nobody } },
  "/meetings/{meeting}/live": { path: ofMeeting("/live"), get: agenda },
  "/series/{series}": { path: ({ series }) => `/series/${series}`, get: all },
  "/groups": { get: all },
  "/groups/{group}": { path: ofGroup(""), get: { unopened: nobody, open: all } },
  "/groups/{group}/engagements/{page}": { path: ofGroup("/engagements/1"), get: { unopened: nobody, open: heard } },
  "/consultations": { get: all },
  "/consultations/page/{page}": { path: () => "/consultations/page/1", get: all },
  "/consultations/{consultation}": { path: ofConsultation(() => ""), get: consultation },
  "/consultations/{consultation}/draft/{draft}": { path: ofConsultation(() => "/draft/1"), get: consultation },
  "/consultations/{consultation}/draft/{draft}/{thread}": { path: ofConsultation(({ block }) => `/draft/1/${block}`), get: consultation },

  "/audit": { get: "404 404 404 404 404 404 ok ok 404 404" },
  "/audit.csv": { get: "404 404 404 404 404 404 ok ok 404 404" },
  "/healthz": { get: all },
  "/readyz": { get: all },
  "/live": { get: "400 400 400 400 400 400 400 400 400 400" },   // it speaks WebSocket
  "/assets/main.js": { path: script, get: all },
  "/api/v1/openapi.json": { get: all },
  "/api/v1/asyncapi.json": { get: all },
  "/metrics": { get: nobody },   // on the operators' port alone
  "/nothing-here": { get: nobody },
};
