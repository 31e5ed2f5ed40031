/// Each kind of topic, and as which audience each reader sees it: written by hand, and a row for each state of what it is
/// about.
/// P public, M member, N a member who is named, S staff, I self (one's own), and - for what is not there for them.
import type { Told } from "./states.ts";
import { keptTopics, type Things } from "./things.ts";

export interface TopicRow {
  topic: (things: Things, state: string) => string;
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  seen: Told;
  /// No service keeps it, and why it has a row.
  absent?: string;
  /// Watched by a socket, and not read by a program.
  bySocketOnly?: true;
}

/// What a kind of topic is about, where that has states.
export const about: { [kind: string]: string } = {
  ...{ meetings: "meeting", attendance: "meeting", circulation: "meeting", room: "meeting", votes: "meeting", now: "meeting", replay: "meeting", minutes: "minutes", consultations: "consultation", drafts: "consultation", threads: "consultation" },
  ...{ groups: "group", engagements: "group", links: "link" },
};

const all = "P P P P P P P P P P";
const nobody = "- - - - - - - - - -";
const staff = "- - - S S - S S - -";
const staffAndPublic = "P P P S S P S S P P";
const membersAndPublic = "P P M S S P S S P P";
const members = "- - M M M - M M - -";
const heard = "- - M M M - - M - -";   // whom a group has heard is its members'
const administrators = "- - - - - - S - - -";
const consultation = { preparing: staff, open: staffAndPublic, closed: staffAndPublic };

const ofConsultation = (before: string, after: (things: Things) => string): TopicRow["topic"] => (things, state) =>
  `${before}/${things.consultations[state as keyof typeof things.consultations]}${after(things)}`;
const redrafted = (before: string, after: (things: Things) => string): TopicRow["topic"] => (things) => `${before}/${things.redrafted}${after(things)}`;

export const topics: { [what: string]: TopicRow } = {
  "the list of bodies": { topic: () => "bodies", seen: all },
  "an earlier page of it": { topic: () => "bodies/page/1", seen: all },
  "a body": { topic: ({ ids }) => `bodies/${ids.body}`, seen: "P P P S P P S S P P" },
  "another body": { topic: ({ ids }) => `bodies/${ids.other}`, seen: "P P P P P S S S P P" },
  "past appointments": { topic: ({ ids }) => `appointments/${ids.body}`, seen: all },
  "earlier ones": { topic: ({ ids }) => `appointments/${ids.body}/page/1`, seen: all },
  "the organisations": { topic: () => "organisations", seen: all },
  "more organisations": { topic: () => "organisations/page/1", seen: all },
  "the people": { topic: () => "people", seen: "- - - - - - S S - -" },
  "more people": { topic: () => "people/page/1", seen: "- - - - - - S S - -" },
  "the mail": { topic: () => "mail", seen: administrators },
  "earlier mail": { topic: () => "mail/page/1", seen: administrators },
  "a member's account": { topic: ({ ids }) => `account/${ids.people["member"]}`, seen: "- - I - - - I - - -" },
  "a member's rights": { topic: ({ ids }) => `rights/${ids.people["member"]}`, seen: nobody },
  "a member's register of interests": { topic: ({ ids }) => `interests/${ids.people["member"]}`, seen: "P P I S P P S S P P" },
  "the register of somebody without a seat": { topic: ({ ids }) => `interests/${ids.people["person"]}`, seen: "- I - - - - S - - -" },
  "interests that a body has to consider": { topic: ({ ids }) => `concerns/${ids.body}`, seen: "- - - S - - S S - -" },
  "a member's note beside a paper": { topic: ({ ids, papers }) => `notes/${papers.published}/${ids.people["member"]}`, seen: "- - I - - - - - - -" },
  "a member's calendar": { topic: ({ ids }) => `calendar/${ids.people["member"]}`, seen: "- - I - - - - - - -" },
  "whose calendar it is": { topic: ({ calendar }) => calendar.holder, seen: nobody },
  "a session": { topic: ({ session }) => `sessions/${session}`, seen: nobody },
  // Who knows the hash has the link.
  "a link": { topic: ({ links }, state) => `links/${links[state]}`, seen: { open: all, used: all, withdrawn: all } },
  "a link that nobody has": { topic: () => `links/${"a".repeat(52)}`, seen: nobody, absent: "a guess" },

  "the list of meetings": { topic: () => "meetings", seen: all },
  "earlier meetings": { topic: () => "meetings/page/1", seen: all },
  "a body's meetings": { topic: ({ ids }) => `body-meetings/${ids.body}`, seen: members },
  "a body's earlier meetings": { topic: ({ ids }) => `body-meetings/${ids.body}/page/1`, seen: members },
  "the meetings of a series": { topic: ({ series }) => `series/${series}`, seen: "P P M M M P M M P P" },
  "a meeting": {
    topic: ({ meetings }, state) => `meetings/${meetings[state as keyof typeof meetings]}`,
    seen: { draft: staff, published: membersAndPublic, started: membersAndPublic, closed: membersAndPublic },
  },
  "who is at a meeting now": {
    topic: ({ meetings }, state) => `now/meetings/${meetings[state as keyof typeof meetings]}`,
    seen: { draft: staff, published: membersAndPublic, started: membersAndPublic, closed: membersAndPublic },
    ...{ absent: "the gateways hold it between them", bySocketOnly: true },
  },
  "who is at something else now": { topic: ({ ids }) => `now/bodies/${ids.body}`, seen: nobody, absent: "it is told of meetings", bySocketOnly: true },
  "who attends a meeting": {
    topic: ({ meetings }, state) => `attendance/${meetings[state as keyof typeof meetings]}`,
    seen: { draft: staff, published: "- - M S S - S S - -", started: membersAndPublic, closed: membersAndPublic },
  },
  "who speaks at a meeting, and who has an interest": {
    topic: ({ meetings }, state) => `room/${meetings[state as keyof typeof meetings]}`,
    seen: { draft: staff, published: "- - M S S - S S - -", started: membersAndPublic, closed: membersAndPublic },
  },

  "motions and votes of a meeting": {
    topic: ({ meetings }, state) => `votes/${meetings[state as keyof typeof meetings]}`,
    seen: { draft: staff, published: "- - M S S - S S - -", started: membersAndPublic, closed: membersAndPublic },
  },
  "a member's ballot": { topic: ({ meetings, ids }) => `ballot/${meetings.started}/${ids.people["member"]}`, seen: "- - I - - - - - - -" },
  "who voted what": {
    topic: ({ voted }, state) => `voices/${voted[state]?.meeting}/${voted[state]?.vote}`,
    seen: { item: membersAndPublic, restricted: "- - M S S - S S - -" },
  },

  // Its list `all`; the others are seen alike.
  "a meeting that is over, moment by moment": { topic: ({ meetings }) => `replay/${meetings.closed}/all/1`, seen: { closed: membersAndPublic } },
  "a meeting that is not over, moment by moment": {
    topic: ({ meetings }, state) => `replay/${meetings[state as keyof typeof meetings]}/all/1`, seen: { draft: nobody, published: nobody, started: nobody }, absent: "it is written at the end",
  },

  "the minutes of a meeting": {
    topic: ({ minutes }, state) => `minutes/${minutes[state]?.meeting}`,
    seen: { writing: staff, circulated: "- - M S S - S S - -", approved: membersAndPublic },
  },
  "the minutes of a meeting that has not begun": {
    topic: ({ meetings }, state) => `minutes/${meetings[state as keyof typeof meetings]}`, seen: { draft: nobody, published: nobody }, absent: "there is nothing to minute yet",
  },
  "the decisions of a body": { topic: ({ ids }) => `decisions/${ids.body}`, seen: all },
  "its earlier decisions": { topic: ({ ids }) => `decisions/${ids.body}/page/1`, seen: all },
  "the decisions of a body, for its members": { topic: ({ ids }) => `body-decisions/${ids.body}`, seen: members },
  "earlier ones, for its members": { topic: ({ ids }) => `body-decisions/${ids.body}/page/1`, seen: members },

  "polls for the dates of a body": { topic: ({ ids }) => `dates/${ids.body}`, seen: "- - M S S - S S - -" },
  "which papers of a meeting a member has opened": {
    topic: ({ cast, ids }) => keptTopics(cast.secretary.witan).find((topic) => topic.startsWith("reading/") && topic.endsWith(`/${ids.people["member"]}`)) ?? "", seen: "- - I - - - - - - -",
  },
  "the forward plan of a body": { topic: ({ ids }) => `plan/${ids.body}`, seen: "P P M S S P S S P P" },
  "an action": { topic: ({ minutes }, state) => `actions/${minutes[state]?.action}`, seen: { circulated: "- - M S S - S S - -", approved: "- - M S S - S S - -" } },
  "an action in a draft": { topic: ({ minutes }) => `actions/${minutes["writing"]?.action}`, seen: nobody, absent: "the minutes are being written" },
  "the open actions of a body": { topic: ({ ids }) => `body-actions/${ids.body}`, seen: members },
  "more of them": { topic: ({ ids }) => `body-actions/${ids.body}/page/1`, seen: members },
  "its closed actions": { topic: ({ ids }) => `closed-actions/${ids.body}`, seen: members },
  "closed ones of before": { topic: ({ ids }) => `closed-actions/${ids.body}/page/1`, seen: members },
  "a member's actions": { topic: ({ ids }) => `own-actions/${ids.people["member"]}`, seen: "- - I - - - - - - -" },
  "the open actions before a meeting": { topic: ({ cast }) => keptTopics(cast.secretary.witan).find((topic) => topic.startsWith("open-actions/")) ?? "", seen: members },

  "a paper": {
    topic: ({ papers }, state) => `papers/${papers[state as keyof typeof papers]}`,
    seen: { draft: staff, published: membersAndPublic, started: membersAndPublic, closed: membersAndPublic },
  },
  "a paper that not everybody may read": {
    topic: ({ papersOf }, state) => `papers/${papersOf[state]}`,
    seen: { item: "- - M S S - S S - -", members: "- - M S S - S S - -", embargoed: staff, withdrawn: membersAndPublic, named: "- - N S S - S S - -", unnamed: staff },
  },
  "what a member declared at meetings": { topic: ({ ids }) => `declared/${ids.people["member"]}`, seen: "P P I P P P P P P P" },
  "to whom the papers of a meeting go": { topic: ({ meetings }, state) => `circulation/${meetings[state as keyof typeof meetings]}`, seen: { draft: staff, published: staff, started: staff, closed: staff } },

  "papers that everybody may read": { topic: () => "published-papers", seen: all },
  "earlier ones of them": { topic: () => "published-papers/page/1", seen: all },
  "those of a body": { topic: ({ ids }) => `body-papers/${ids.body}`, seen: all },
  "earlier ones of a body": { topic: ({ ids }) => `body-papers/${ids.body}/page/1`, seen: all },

  "the list of groups": { topic: () => "groups", seen: all },
  "a group": { topic: ({ ids }) => `groups/${ids.body}`, seen: { open: "P P M M M P P M P P" } },
  "a body that is no group": { topic: ({ ids }) => `groups/${ids.other}`, seen: { unopened: nobody }, absent: "advisory only knows its name" },
  "what a group has heard": { topic: ({ ids }) => `engagements/${ids.body}`, seen: { open: heard } },
  "what it heard earlier": { topic: ({ ids }) => `engagements/${ids.body}/page/1`, seen: heard },
  "what a body has heard that is no group": { topic: ({ ids }) => `engagements/${ids.other}`, seen: { unopened: nobody }, absent: "it hears nobody" },

  "the list of consultations": { topic: () => "consultations", seen: all },
  "earlier consultations": { topic: () => "consultations/page/1", seen: all },
  "a body's consultations": { topic: ({ ids }) => `body-consultations/${ids.body}`, seen: members },
  "a body's earlier consultations": { topic: ({ ids }) => `body-consultations/${ids.body}/page/1`, seen: members },
  "a consultation": { topic: ofConsultation("consultations", () => ""), seen: consultation },
  "its draft": { topic: ofConsultation("drafts", () => "/1"), seen: consultation },
  "its thread": { topic: ofConsultation("threads", ({ block }) => `/1/${block}`), seen: consultation },
  // What was tried before it opened stays with those who tried it.
  "an earlier draft of an open consultation": { topic: redrafted("drafts", () => "/1"), seen: staff },
  "the thread of an earlier draft": { topic: redrafted("threads", ({ block }) => `/1/${block}`), seen: staff },
  "the draft that it opened with": { topic: redrafted("drafts", () => "/2"), seen: staffAndPublic },
  "a draft that came after it opened": { topic: redrafted("drafts", () => "/3"), seen: staffAndPublic },
  "the thread of such a draft": { topic: redrafted("threads", ({ block }) => `/3/${block}`), seen: staffAndPublic },
  "a topic of no kind": { topic: () => "secrets/of-everybody", seen: nobody, absent: "there is no such kind" },
};
