/// Each kind of topic in each state that matters, and as which audience each reader sees it: written by hand.
/// P public, M member, S staff, I self (one's own), and - for what is not there for them.
import type { Things } from "./things.ts";

export interface TopicRow {
  topic: (things: Things) => string;
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  seen: string;
}

export const topics: { [what: string]: TopicRow } = {
  "the list of bodies": { topic: () => "bodies", seen: "P P P P P P P P P P" },
  "a body": { topic: ({ ids }) => `bodies/${ids.body}`, seen: "P P P S P P S S P P" },
  "another body": { topic: ({ ids }) => `bodies/${ids.other}`, seen: "P P P P P S S S P P" },
  "past appointments": { topic: ({ ids }) => `appointments/${ids.body}`, seen: "P P P P P P P P P P" },
  "the organisations": { topic: () => "organisations", seen: "P P P P P P P P P P" },
  "the people": { topic: () => "people", seen: "- - - - - - S S - -" },
  "the mail": { topic: () => "mail", seen: "- - - - - - S - - -" },
  "a member's account": { topic: ({ ids }) => `account/${ids.people["member"]}`, seen: "- - I - - - I - - -" },
  "a member's rights": { topic: ({ ids }) => `rights/${ids.people["member"]}`, seen: "- - - - - - - - - -" },
  "a session": { topic: ({ session }) => `sessions/${session}`, seen: "- - - - - - - - - -" },
  "a link that somebody has": { topic: ({ link }) => `links/${link}`, seen: "P P P P P P P P P P" },
  "a link that nobody has": { topic: () => `links/${"a".repeat(52)}`, seen: "- - - - - - - - - -" },

  "the list of meetings": { topic: () => "meetings", seen: "P P P P P P P P P P" },
  "a body's meetings": { topic: ({ ids }) => `body-meetings/${ids.body}`, seen: "- - M M M - M M - -" },
  "a meeting in preparation": { topic: ({ meetings }) => `meetings/${meetings.draft}`, seen: "- - - S S - S S - -" },
  "a published meeting": { topic: ({ meetings }) => `meetings/${meetings.published}`, seen: "P P M S S P S S P P" },
  "a meeting in progress": { topic: ({ meetings }) => `meetings/${meetings.started}`, seen: "P P M S S P S S P P" },
  "a closed meeting": { topic: ({ meetings }) => `meetings/${meetings.closed}`, seen: "P P M S S P S S P P" },

  "the list of groups": { topic: () => "groups", seen: "P P P P P P P P P P" },
  "a group": { topic: ({ ids }) => `groups/${ids.body}`, seen: "P P M M M P P M P P" },
  "what a group has heard": { topic: ({ ids }) => `engagements/${ids.body}`, seen: "- - M M M - - M - -" },

  "the list of consultations": { topic: () => "consultations", seen: "P P P P P P P P P P" },
  "a body's consultations": { topic: ({ ids }) => `body-consultations/${ids.body}`, seen: "- - M M M - M M - -" },
  "a consultation in preparation": { topic: ({ consultations }) => `consultations/${consultations.preparing}`, seen: "- - - S S - S S - -" },
  "its draft": { topic: ({ consultations }) => `drafts/${consultations.preparing}/1`, seen: "- - - S S - S S - -" },
  "its thread": { topic: ({ consultations, block }) => `threads/${consultations.preparing}/1/${block}`, seen: "- - - S S - S S - -" },
  "an open consultation": { topic: ({ consultations }) => `consultations/${consultations.open}`, seen: "P P P S S P S S P P" },
  "its draft, open": { topic: ({ consultations }) => `drafts/${consultations.open}/1`, seen: "P P P S S P S S P P" },
  "its thread, open": { topic: ({ consultations, block }) => `threads/${consultations.open}/1/${block}`, seen: "P P P S S P S S P P" },
  "a closed consultation": { topic: ({ consultations }) => `consultations/${consultations.closed}`, seen: "P P P S S P S S P P" },
  "a topic of no kind": { topic: () => "secrets/of-everybody", seen: "- - - - - - - - - -" },
};
