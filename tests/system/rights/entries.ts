/// What a topic holds that is not the same for all who see it: each such entry, and how much of it each reader gets, in any
/// topic that they see. Written by hand, and a row for each state of what it is about.
/// W whole, R only that it is there: the fields in `words` are empty, and - nothing.
import type { Told } from "./states.ts";
import type { MeetingState, Things } from "./things.ts";

export interface EntryRow {
  topic: (things: Things, state: string) => string;
  key: (things: Things, state: string) => string;
  /// The fields that hold what is not for everybody.
  words: string[];
  /// visitor person member secretary chair stranger administrator auditor departed signed_out
  seen: Told;
}

const all = "W W W W W W W W W W";
const nobody = "- - - - - - - - - -";
const restrictedToPublic = "R R W W W R W W R R";
const staff = "- - - W W - W W - -";
const members = "- - W W W - W W - -";
const ofState = (state: string): MeetingState => state as MeetingState;

export const entries: { [what: string]: EntryRow } = {
  "an agenda item for everyone": {
    topic: ({ meetings }, state) => `meetings/${meetings[ofState(state)]}`,
    key: ({ agendas }, state) => `agenda/${agendas[ofState(state)].item}`,
    words: ["title", "lead", "kind_label", "starts"],
    seen: { draft: staff, published: all, started: all, closed: all },
  },
  "an agenda item for members": {
    topic: ({ meetings }, state) => `meetings/${meetings[ofState(state)]}`,
    key: ({ agendas }, state) => `agenda/${agendas[ofState(state)].restricted}`,
    words: ["title", "lead", "kind_label", "starts", "minutes"],
    seen: { draft: staff, published: restrictedToPublic, started: restrictedToPublic, closed: restrictedToPublic },
  },
  "what a meeting is at, an item for everyone": { topic: ({ meetings }) => `meetings/${meetings.started}`, key: () => "meeting", words: ["now_title"], seen: all },
  "what a meeting is at, an item for members": { topic: ({ behindDoors }) => `meetings/${behindDoors}`, key: () => "meeting", words: ["now_title"], seen: restrictedToPublic },
  "the same in the list of meetings": { topic: () => "meetings", key: ({ behindDoors }) => `meeting/${behindDoors}`, words: ["now_title"], seen: "R R R R R R R R R R" },
  "the same in the list of the body": { topic: ({ ids }) => `body-meetings/${ids.body}`, key: ({ behindDoors }) => `meeting/${behindDoors}`, words: ["now_title"], seen: members },
  "who sits for a member, and when that was recorded": {
    topic: ({ meetings }, state) => `attendance/${meetings[ofState(state)]}`, key: ({ ids }) => `attendee/${ids.seat}`, words: ["substitute", "since"],
    seen: { draft: staff, published: members, started: restrictedToPublic, closed: restrictedToPublic },
  },
  "who has the floor at an item for members": { topic: ({ behindDoors }) => `room/${behindDoors}`, key: () => "room", words: ["has_speaker"], seen: restrictedToPublic },
  "what is declared of an item for members": {
    topic: ({ meetings }) => `room/${meetings.started}`, key: () => "declaration/1", words: ["words", "item_title"], seen: members,
  },
  "a meeting in the list of meetings": {
    topic: () => "meetings", key: ({ meetings }, state) => `meeting/${meetings[ofState(state)]}`, words: ["title", "place"],
    seen: { draft: nobody, published: all, started: all, closed: all },
  },
  "a meeting in the list of its body": {
    topic: ({ ids }) => `body-meetings/${ids.body}`, key: ({ meetings }, state) => `meeting/${meetings[ofState(state)]}`, words: ["title", "place"],
    seen: { draft: members, published: members, started: members, closed: members },
  },
  "a meeting among those of its series": {
    topic: ({ series }) => `series/${series}`, key: ({ inSeries }, state) => `meeting/${inSeries[state]}`, words: ["title", "place"],
    seen: { draft: members, published: all },
  },

  "where minutes stand": { topic: ({ minutes }, state) => `minutes/${minutes[state]?.meeting}`, key: () => "minutes", words: ["title", "state_label"], seen: { writing: staff, circulated: members, approved: all } },
  "the minutes of an item for everyone": {
    topic: ({ minutes }, state) => `minutes/${minutes[state]?.meeting}`, key: ({ minutes }, state) => `item/${minutes[state]?.item}`, words: ["title", "text"],
    seen: { writing: staff, circulated: members, approved: all },
  },
  "the minutes of an item for members": {
    topic: ({ minutes }, state) => `minutes/${minutes[state]?.meeting}`, key: ({ minutes }, state) => `item/${minutes[state]?.restricted}`, words: ["title", "text"],
    seen: { writing: staff, circulated: members, approved: restrictedToPublic },
  },
  "a decision on an item for members": {
    topic: ({ minutes }, state) => `minutes/${minutes[state]?.meeting}`, key: ({ minutes }, state) => `item/${minutes[state]?.restricted}/decision/${minutes[state]?.decision}`, words: ["decided"],
    seen: { writing: staff, circulated: members, approved: members },
  },
  "an action of an item for members": {
    topic: ({ minutes }, state) => `minutes/${minutes[state]?.meeting}`, key: ({ minutes }, state) => `item/${minutes[state]?.restricted}/action/${minutes[state]?.action}`, words: ["todo", "owner"],
    seen: { writing: staff, circulated: members, approved: members },
  },
  "what has become of an action": { topic: ({ minutes }, state) => `actions/${minutes[state]?.action}`, key: () => "action", words: ["todo", "owner"], seen: { circulated: members, approved: members } },
  "what a member answered to a poll for a date": {
    topic: ({ ids }) => `dates/${ids.body}`, key: ({ dates, ids }) => `poll/${dates["open"]?.poll}/time/${dates["open"]?.time}/voice/${ids.people["member"]}`, words: ["name", "answer_label"], seen: members,
  },
  "a poll for a date that is over": { topic: ({ ids }) => `dates/${ids.body}`, key: ({ dates }, state) => `past/${dates[state]?.poll}`, words: ["title", "state_label"], seen: { settled: members, ended: members } },
  // It may be that of a draft, which is for staff.
  "the agenda that an empty one can begin as": { topic: ({ found }) => `meetings/${found}`, key: ({ found }) => `last_agenda/${found}`, words: ["title", "when"], seen: staff },
  "what is planned for members": { topic: ({ ids }) => `plan/${ids.body}`, key: ({ planned }) => `entry/${planned.entry}`, words: ["title"], seen: members },
  "what is planned for everyone": { topic: ({ ids }) => `plan/${ids.body}`, key: ({ planned }) => `entry/${planned.open}`, words: ["title"], seen: all },
  "who proposed a correction, and what": {
    topic: ({ minutes }, state) => `minutes/${minutes[state]?.meeting}`, key: ({ minutes }, state) => `item/${minutes[state]?.item}/correction/${minutes[state]?.correction}`,
    words: ["proposed", "by_name"], seen: { circulated: members, approved: restrictedToPublic },
  },

  "a vote": {
    topic: ({ voted }, state) => `votes/${voted[state]?.meeting}`, key: ({ voted }, state) => `vote/${voted[state]?.vote}`, words: ["question", "words"],
    seen: { item: all, restricted: members },
  },
  // Each reader has a replay of their own; what is in it follows from the entries of other topics (tests/unit/meetings/replay_test.cpp).
  "a meeting that is over, moment by moment": { topic: ({ meetings }) => `replay/${meetings.closed}/all/1`, key: () => "replay", words: ["title", "lasted"], seen: all },
  "that a meeting votes behind doors": { topic: ({ voted }) => `votes/${voted["restricted"]?.meeting}`, key: () => "votes", words: ["is_behind_doors"], seen: "W W R R R W R R W W" },

  "a paper": {
    topic: ({ papers }, state) => `papers/${papers[ofState(state)]}`, key: () => "paper", words: ["title", "file_href"],
    seen: { draft: staff, published: all, started: all, closed: all },
  },
  "a paper that not everybody may read": {
    topic: ({ papersOf }, state) => `papers/${papersOf[state]}`, key: () => "paper", words: ["title"],
    seen: { item: members, members, embargoed: staff, withdrawn: all, named: members, unnamed: staff },
  },
  "its first version": {
    topic: ({ papersOf }, state) => `papers/${papersOf[state]}`, key: () => "version/1", words: ["added"],
    seen: { item: members, members, embargoed: staff, withdrawn: all, named: members, unnamed: staff },
  },

  "a paper that is to follow, for staff to see to": { topic: ({ placeholder }) => `meetings/${placeholder.meeting}`, key: ({ placeholder }) => `placeholder/${placeholder.paper}`, words: ["title"], seen: staff },
  "who has opened a paper": { topic: ({ papersOf }) => `papers/${papersOf["members"]}`, key: ({ ids }) => `reader/${ids.people["member"]}`, words: ["reader"], seen: staff },

  "an invitation": { topic: ({ ids }) => `bodies/${ids.body}`, key: ({ links }) => `invitation/${links["open"]}`, words: ["name", "email"], seen: "- - - W - - W W - -" },
  "whether a term ends soon": { topic: ({ ids }) => `bodies/${ids.body}`, key: ({ ending }) => `seat/${ending}`, words: ["ends_soon"], seen: "R R R W R R W W R R" },
  "whom a link invites": {
    topic: ({ links }, state) => `links/${links[state]}`, key: () => "link", words: ["name", "email"],
    seen: { open: all, used: "R R R R R R R R R R", withdrawn: "R R R R R R R R R R" },
  },
  "where a member is signed in": { topic: ({ ids }) => `account/${ids.people["member"]}`, key: ({ session }) => `session/${session}`, words: ["device", "session"], seen: "- - W - - - W - - -" },
  "a member among the people": { topic: () => "people", key: ({ ids }) => `person/${ids.people["member"]}`, words: ["name", "email"], seen: "- - - - - - W W - -" },

  "whether a register is theirs to keep": { topic: ({ ids }) => `interests/${ids.people["member"]}`, key: () => "register", words: ["is_editable"], seen: "R R W W R R W W R R" },

  "what a group has heard": {
    topic: ({ ids }) => `engagements/${ids.body}`, key: ({ engagements }, state) => `engagement/${engagements[state]}`, words: ["organisation", "said"],
    seen: { logged: "- - W W W - - W - -", withdrawn: nobody },
  },

  "a consultation in the list": {
    topic: () => "consultations", key: ({ consultations }, state) => `consultation/${consultations[state as keyof typeof consultations]}`, words: ["title", "summary"],
    seen: { preparing: nobody, open: all, closed: all },
  },
  "a consultation in the list of its body": {
    topic: ({ ids }) => `body-consultations/${ids.body}`, key: ({ consultations }, state) => `consultation/${consultations[state as keyof typeof consultations]}`,
    words: ["title", "summary"], seen: { preparing: members, open: members, closed: members },
  },
  "a comment": {
    topic: ({ consultations, block }) => `threads/${consultations.open}/1/${block}`, key: ({ comments }, state) => `comment/${comments[state]}`, words: ["text", "by_name"],
    seen: { shown: all, withdrawn: "R R R R R R R R R R" },
  },
};
