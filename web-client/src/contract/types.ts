// Generated from shared/contract by witan-contract. Do not edit: run infra/scripts/generate.

export interface EstablishBody {
  name: string;
  kind: BodyKind;
  summary?: string;
  parent?: string;
}

export type BodyKind = "council" | "lep_board" | "advisory_group" | "skills_advisory_panel" | "growth_hub" | "working_group";

export interface RegisterOrganisation {
  name: string;
  kind: OrganisationKind;
  area?: string;
}

export type OrganisationKind = "lep" | "combined_authority" | "business" | "academia" | "civil_society" | "government" | "public_body";

export interface RenameOrganisation {
  organisation: string;
  name: string;
}

export interface RegisterPerson {
  name: string;
  email: string;
  organisation?: string;
  password?: string;
  administrator?: boolean;
  organisation_name?: string;
}

export interface SetOrganisation {
  person: string;
  organisation?: string;
  organisation_name?: string;
}

export interface CreateSeat {
  body: string;
  title: string;
  role: Role;
  organisation?: string;
  organisation_name?: string;
}

export type Role = "chair" | "co_chair" | "secretary" | "champion" | "minister" | "member" | "substitute" | "observer" | "officer" | "administrator" | "auditor";

export interface ChangeSeat {
  body: string;
  seat: string;
  title: string;
  organisation?: string;
  organisation_name?: string;
}

export interface FillSeat {
  body: string;
  seat: string;
  person?: string;
  from?: string;
  until?: string;
  email?: string;
}

export interface Reappoint {
  body: string;
  seat: string;
  until?: string;
}

export interface VacateSeat {
  body: string;
  seat: string;
  reason?: string;
  how_ended?: HowEnded;
}

export type HowEnded = "resigned" | "term_ended" | "removed" | "left_organisation" | "died" | "reappointed";

export interface AbolishSeat {
  body: string;
  seat: string;
}

export interface Invite {
  body: string;
  seat: string;
  name: string;
  email: string;
  until?: string;
  organisation?: string;
  organisation_name?: string;
}

export interface WithdrawInvitation {
  link: string;
}

export interface AcceptInvitation {
  token: string;
  name?: string;
  email?: string;
  password?: string;
}

export interface RequestPasswordReset {
  email: string;
}

export interface ResetPassword {
  token: string;
  password: string;
}

export interface IssueAdministratorLink {
  link: string;
}

export interface ChangeEmail {
  person: string;
  new_email: string;
  current_password: string;
  present_code?: string;
}

export interface WithdrawEmailChange {
  person: string;
}

export interface ConfirmEmail {
  token: string;
}

export interface RenamePerson {
  person: string;
  name: string;
}

export interface SetPreferences {
  person: string;
  mail_on_new_device?: boolean;
  presence?: PresenceShown;
}

export type PresenceShown = "everyone" | "members" | "nobody";

export interface OpenCalendar {
  person: string;
}

export interface CloseCalendar {
  person: string;
}

export interface SuspendPerson {
  person: string;
  reason?: string;
}

export interface ReinstatePerson {
  person: string;
}

export interface StartSession {
  email: string;
  password: string;
  session: string;
  device?: string;
  known_device?: string;
}

export interface NoteStrangers {
  sessions: string;
  cookies: number;
  links: number;
  forms: number;
  codes: number;
  sign_ins: number;
  papers?: number;
  seekers?: string;
}

export interface FinishSignIn {
  ticket: string;
  code: string;
  session: string;
  device?: string;
  known_device?: string;
}

export interface SetSecondFactor {
  current_password: string;
  secret_key: string;
  secret_codes: string;
  code: string;
  present_code?: string;
}

export interface RenewRecoveryCodes {
  current_password: string;
  secret_codes: string;
  present_code?: string;
}

export interface RemoveSecondFactor {
  person: string;
  current_password?: string;
  present_code?: string;
}

export interface RenewSession {
  session: string;
}

export interface EndSession {
  session: string;
}

export interface EndSessions {
  person: string;
  keep?: string;
}

export interface ChangePassword {
  current_password: string;
  new_password: string;
}

export interface GrantOffice {
  person: string;
  office: Office;
}

export type Office = "administrator" | "auditor";

export interface WithdrawOffice {
  person: string;
  office: Office;
}

export interface DeclareInterest {
  person: string;
  kind: InterestKind;
  organisation?: string;
  organisation_name?: string;
  description: string;
  since?: string;
}

export type InterestKind = "employment" | "contract" | "land" | "securities" | "sponsorship" | "membership" | "family" | "other";

export interface ChangeInterest {
  person: string;
  interest: string;
  kind: InterestKind;
  organisation?: string;
  organisation_name?: string;
  description: string;
  since?: string;
  seen_changes?: number;
}

export interface WithdrawInterest {
  person: string;
  interest: string;
}

export interface ConfirmInterests {
  person: string;
}

export interface BeginOpenid {
  state: string;
  current_password?: string;
}

export interface FinishOpenidSignIn {
  state: string;
  code: string;
  issuer?: string;
  session: string;
  device?: string;
  known_device?: string;
}

export interface LinkOpenid {
  state: string;
  code: string;
  issuer?: string;
}

export interface UnlinkOpenid {
  person: string;
}

export interface ErasePerson {
  person: string;
  current_password: string;
  reason?: WhyErased;
  present_code?: string;
}

export type WhyErased = "asked" | "died" | "mistake";

export interface ScheduleMeeting {
  body: string;
  title: string;
  date: string;
  starts: string;
  ends: string;
  place: string;
  chair?: string;
  co_chair?: string;
  secretary?: string;
  series?: string;
  new_series?: string;
}

export interface RescheduleMeeting {
  meeting: string;
  date: string;
  starts: string;
  ends: string;
  place: string;
  title?: string;
  reason?: string;
  seen_sequence?: number;
}

export interface CancelMeeting {
  meeting: string;
  reason: string;
  seen_sequence?: number;
}

export interface SetChairs {
  meeting: string;
  chair?: string;
  co_chair?: string;
  secretary?: string;
  seen_chair?: string;
  seen_co_chair?: string;
  seen_secretary?: string;
}

export interface SetPublicationClock {
  meeting: string;
  clear_days: number;
  is_rule?: boolean;
}

export interface AddAgendaItem {
  meeting: string;
  title: string;
  kind: ItemKind;
  lead?: string;
  minutes: number;
  circulation?: Circulation;
  position?: number;
  under?: string;
  is_standing?: boolean;
}

export type ItemKind = "decision" | "discussion" | "information" | "approval" | "note";

export type Circulation = "everyone" | "members";

export interface EditAgendaItem {
  meeting: string;
  item: string;
  title?: string;
  kind?: ItemKind;
  lead?: string;
  minutes?: number;
  circulation?: Circulation;
  status?: ItemStatus;
  is_standing?: boolean;
  seen_changes?: number;
}

export type ItemStatus = "planned" | "deferred" | "withdrawn";

export interface NameSeats {
  meeting: string;
  item: string;
  seats: Array<string>;
  seen_changes?: number;
}

export interface OpenToMembers {
  meeting: string;
  item: string;
  seen_changes?: number;
}

export interface MoveAgendaItem {
  meeting: string;
  item: string;
  to?: number;
  by?: number;
  level?: ItemLevel;
}

export type ItemLevel = "in" | "out";

export interface ForwardItem {
  meeting: string;
  item: string;
  to: string;
  late_reason?: string;
}

export interface CopyAgenda {
  meeting: string;
}

export interface RemoveAgendaItem {
  meeting: string;
  item: string;
}

export interface PublishAgenda {
  meeting: string;
  reason?: string;
}

export interface StartMeeting {
  meeting: string;
}

export interface GoToItem {
  meeting: string;
  item: string;
}

export interface PauseMeeting {
  meeting: string;
}

export interface ResumeMeeting {
  meeting: string;
}

export interface CloseMeeting {
  meeting: string;
}

export interface RecordAttendance {
  meeting: string;
  seat: string;
  presence: Presence;
  substitute?: string;
  reason?: string;
}

export type Presence = "present" | "remote" | "apologies" | "substitute" | "observer" | "absent";

export interface SetQuorum {
  meeting: string;
  quorum?: number;
  is_rule?: boolean;
}

export interface AskToSpeak {
  meeting: string;
  seat: string;
  is_point_of_order?: boolean;
}

export interface WithdrawRequest {
  meeting: string;
  seat: string;
}

export interface MoveRequest {
  meeting: string;
  seat: string;
  by: number;
}

export interface GiveFloor {
  meeting: string;
  seat: string;
}

export interface EndTurn {
  meeting: string;
  seat: string;
}

export interface DeclareAtItem {
  meeting: string;
  item: string;
  seat: string;
  effect: InterestEffect;
  words: string;
  reason?: string;
}

export type InterestEffect = "stay" | "withdraw";

export interface WithdrawDeclaration {
  meeting: string;
  item: string;
  seat: string;
  reason?: string;
}

export interface ProposeMotion {
  meeting: string;
  item: string;
  seat: string;
  words: string;
}

export interface SecondMotion {
  meeting: string;
  motion: string;
  seat: string;
}

export interface WithdrawMotion {
  meeting: string;
  motion: string;
}

export interface OpenVote {
  meeting: string;
  item: string;
  kind: VoteKind;
  motion?: string;
  question?: string;
}

export type VoteKind = "named" | "secret";

export interface CastVote {
  meeting: string;
  vote: string;
  seat: string;
  choice: VoteChoice;
}

export type VoteChoice = "approve" | "against" | "abstain";

export interface TakeBackHand {
  meeting: string;
  vote: string;
  seat: string;
}

export interface CloseVote {
  meeting: string;
  vote: string;
}

export interface CancelVote {
  meeting: string;
  vote: string;
  reason: string;
}

export interface BeginUpload {
  meeting: string;
  file_name: string;
  bytes: number;
}

export interface CancelUpload {
  upload: string;
}

export interface AnnouncePaper {
  meeting: string;
  item: string;
  title: string;
  circulation?: Circulation;
  expected?: string;
}

export interface AddPaper {
  meeting: string;
  item: string;
  title: string;
  upload: string;
  circulation?: Circulation;
  not_before?: string;
  not_before_time?: string;
  late_reason?: string;
  fills?: string;
  from?: string;
  needs_second?: boolean;
}

export interface AddPaperVersion {
  meeting: string;
  paper: string;
  upload: string;
  what_changed: string;
  seen_version?: number;
}

export interface ReleasePaper {
  paper: string;
  version: number;
  late_reason?: string;
}

export interface WithdrawPaper {
  paper: string;
  reason: string;
}

export interface ReadPaper {
  paper: string;
  version: number;
}

export interface WriteMinutes {
  meeting: string;
  item: string;
  text?: string;
  seen_changes: number;
}

export interface WriteDecision {
  meeting: string;
  item: string;
  text: string;
  decision?: string;
  seen_changes?: number;
}

export interface RemoveDecision {
  meeting: string;
  decision: string;
  seen_changes?: number;
}

export interface WriteAction {
  meeting: string;
  item: string;
  text: string;
  owner: string;
  due: string;
  action?: string;
  seen_changes?: number;
}

export interface RemoveAction {
  meeting: string;
  action: string;
  seen_changes?: number;
}

export interface CirculateMinutes {
  meeting: string;
}

export interface ProposeCorrection {
  meeting: string;
  item: string;
  text: string;
}

export interface AnswerCorrection {
  meeting: string;
  correction: string;
  answer: CorrectionAnswer;
  wording?: string;
  reason?: string;
}

export type CorrectionAnswer = "accept" | "decline";

export interface ApproveMinutes {
  meeting: string;
  at: string;
}

export interface FinishAction {
  action: string;
  note?: string;
}

export interface DropAction {
  action: string;
  reason?: string;
}

export interface ReopenAction {
  action: string;
  reason?: string;
}

export interface ChangeActionDue {
  action: string;
  due: string;
  reason?: string;
  seen_changes?: number;
}

export interface HandOverAction {
  action: string;
  owner: string;
  seen_changes?: number;
}

export interface NoteOnAction {
  action: string;
  text: string;
}

export interface RemoveActionNote {
  action: string;
  entry: number;
}

export interface WriteNote {
  paper: string;
  person: string;
  text: string;
  seen_changes: number;
}

export interface AddPlanEntry {
  body: string;
  title: string;
  kind: ItemKind;
  lead?: string;
  purpose?: string;
  month?: string;
  circulation?: Circulation;
}

export interface EditPlanEntry {
  body: string;
  entry: string;
  title: string;
  kind: ItemKind;
  lead?: string;
  purpose?: string;
  month?: string;
  circulation?: Circulation;
  seen_changes?: number;
}

export interface RemovePlanEntry {
  body: string;
  entry: string;
  seen_changes?: number;
}

export interface TakeOntoAgenda {
  body: string;
  entry: string;
  meeting: string;
  minutes: number;
  seen_changes?: number;
}

export interface PlanAgain {
  body: string;
  entry: string;
}

export interface ProposeItem {
  body: string;
  title: string;
  why: string;
  kind: ItemKind;
  month?: string;
}

export interface WithdrawProposal {
  body: string;
  proposal: string;
}

export interface AcceptProposal {
  body: string;
  proposal: string;
}

export interface DeclineProposal {
  body: string;
  proposal: string;
  reason?: string;
}

export interface OpenDatePoll {
  body: string;
  title: string;
  place: string;
  answer_by?: string;
  date: string;
  starts: string;
  ends: string;
}

export interface AddTime {
  body: string;
  poll: string;
  date: string;
  starts: string;
  ends: string;
}

export interface RemoveTime {
  body: string;
  poll: string;
  time: string;
}

export interface AnswerTime {
  body: string;
  poll: string;
  time: string;
  answer: DateAnswer;
}

export type DateAnswer = "yes" | "if_needed" | "no";

export interface SettleDate {
  body: string;
  poll: string;
  time: string;
}

export interface EndDatePoll {
  body: string;
  poll: string;
  reason: string;
}

export interface OpenGroup {
  group: string;
  challenge: Challenge;
  mission: string;
}

export type Challenge = "ai_and_data" | "ageing_society" | "clean_growth" | "future_of_mobility";

export interface LogEngagement {
  group: string;
  organisation: string;
  kind: VoiceKind;
  sector: string;
  area: string;
  size?: VoiceSize;
  heard_on: string;
  channel: Channel;
  said: string;
  follow_up?: string;
}

export type VoiceKind = "business" | "academia" | "civil_society" | "public_body" | "trade_body" | "community";

export type VoiceSize = "micro" | "small" | "medium" | "large" | "not_applicable";

export type Channel = "roundtable" | "visit" | "call" | "letter" | "event" | "meeting";

export interface WithdrawEngagement {
  group: string;
  engagement: string;
  reason: string;
}

export interface CreateConsultation {
  body: string;
  title: string;
  area: string;
  summary: string;
}

export interface PublishDraft {
  consultation: string;
  markdown: string;
}

export interface OpenConsultation {
  consultation: string;
  closes_on: string;
  opens_on?: string;
  opens_time?: string;
}

export interface CancelOpening {
  consultation: string;
}

export interface ExtendConsultation {
  consultation: string;
  closes_on: string;
  reason: string;
}

export interface CloseConsultation {
  consultation: string;
}

export interface AddComment {
  consultation: string;
  draft: number;
  block: string;
  text: string;
  words?: string;
  place?: number;
  reply_to?: string;
}

export interface WithdrawComment {
  comment: string;
}

export interface PlaceComment {
  comment: string;
  draft: number;
  paragraph: string;
}

export interface BodyView {
  body: string;
  name: string;
  kind: BodyKind;
  kind_label: string;
  summary: string;
  seat_count: number;
  vacant_count: number;
  parent_name: string;
  parent_href: string;
  href: string;
  sort: string;
}

export interface SeatView {
  seat: string;
  title: string;
  role: Role;
  role_label: string;
  organisation: string;
  person_name: string;
  is_vacant: boolean;
  since: string;
  until: string;
  ends_soon: boolean;
  is_invited: boolean;
  interests_href: string;
  stands_for: string;
  sort: string;
}

export interface AppointmentView {
  seat: string;
  title: string;
  role_label: string;
  organisation: string;
  person_name: string;
  from: string;
  until: string;
  how_label: string;
  is_abolition: boolean;
  sort: string;
}

export interface InvitationView {
  link: string;
  seat: string;
  title: string;
  name: string;
  email: string;
  sent: string;
  expires: string;
  sort: string;
}

export interface LinkView {
  is_invitation: boolean;
  is_password: boolean;
  is_administrator: boolean;
  is_address: boolean;
  is_present_address: boolean;
  is_complete: boolean;
  is_off: boolean;
  needs_password: boolean;
  is_open: boolean;
  was_used: boolean;
  why_over: string;
  name: string;
  email: string;
  title: string;
  body_name: string;
  body_href: string;
  inviter: string;
  until: string;
  expires: string;
}

export interface MailView {
  mail: string;
  to: string;
  subject: string;
  queued: string;
  is_waiting: boolean;
  was_refused: boolean;
  reason: string;
  text: string;
  sort: string;
}

export interface OrganisationView {
  organisation: string;
  name: string;
  kind: OrganisationKind;
  kind_label: string;
  area: string;
  sort: string;
}

export interface SessionView {
  person: string;
  started: string;
  expires: string;
  standing?: Standing;
}

export type Standing = "ordinary" | "staff" | "staff_with_second_factor";

export interface PersonView {
  person: string;
  name: string;
  email: string;
  organisation: string;
  is_administrator: boolean;
  is_auditor: boolean;
  has_second_factor: boolean;
  is_suspended: boolean;
  href: string;
  sort: string;
}

export interface AccountView {
  person: string;
  name: string;
  email: string;
  organisation: string;
  password_since: string;
  is_administrator: boolean;
  is_auditor: boolean;
  second_factor_since: string;
  recovery_code_count: number;
  openid_since: string;
  new_email: string;
  new_email_until: string;
  waits_for_new_email: boolean;
  waits_for_present_email: boolean;
  mail_on_new_device: boolean;
  presence: PresenceShown;
  is_shown_to_everyone: boolean;
  is_shown_to_nobody: boolean;
  suspended_since: string;
  suspended_reason: string;
}

export interface AccountSeatView {
  seat: string;
  title: string;
  body_name: string;
  body_href: string;
  since: string;
  until: string;
  sort: string;
}

export interface AccountSessionView {
  session: string;
  device: string;
  started: string;
  expires_at: string;
  expires: string;
  sort: string;
}

export interface CalendarView {
  address: string;
  subscribe: string;
  since: string;
}

export interface CalendarHolderView {
  person: string;
}

export interface RightsPersonView {
  person: string;
  name: string;
  is_administrator: boolean;
  is_auditor?: boolean;
  has_second_factor?: boolean;
  presence?: PresenceShown;
}

export interface RightsSeatView {
  body: string;
  body_name: string;
  role: Role;
  title: string;
}

export interface RegisterView {
  person: string;
  name: string;
  confirmed: string;
  has_nothing: boolean;
  has_entries: boolean;
  changed: string;
  is_public: boolean;
  is_own: boolean;
  is_editable: boolean;
}

export interface InterestView {
  interest: string;
  person: string;
  kind: InterestKind;
  kind_label: string;
  organisation: string;
  description: string;
  since: string;
  since_day: string;
  declared: string;
  changed: string;
  withdrawn: string;
  is_withdrawn: boolean;
  is_for_another: boolean;
  has_earlier: boolean;
  earlier: Array<EarlierInterest>;
  change_count: number;
  is_editable: boolean;
  sort: string;
}

export interface EarlierInterest {
  kind_label: string;
  organisation: string;
  description: string;
  since: string;
  from: string;
  until: string;
}

export interface ConcernView {
  person: string;
  name: string;
  interests: Array<string>;
  more_count: number;
  has_more: boolean;
  href: string;
  sort: string;
}

export interface MeetingView {
  meeting: string;
  body: string;
  body_name: string;
  title: string;
  when: string;
  starts_at: string;
  ends_at: string;
  place: string;
  place_href?: string;
  chair: string;
  co_chair: string;
  secretary: string;
  clock: string;
  series?: string;
  series_title?: string;
  publish_by?: string;
  clear_days?: number;
  published?: string;
  removed?: string;
  is_late?: boolean;
  late_reason?: string;
  sequence?: number;
  revised_at?: string;
  form?: ScheduleForm;
  change?: ScheduleChange;
  cancellation?: Cancellation;
  state: MeetingState;
  state_label: string;
  is_draft: boolean;
  is_published: boolean;
  is_started: boolean;
  is_closed: boolean;
  has_now: boolean;
  now_item: string;
  now_number: string;
  now_title: string;
  next_item?: string;
  item_count: number;
  has_items: boolean;
  planned_minutes: number;
  planned_end: string;
  projected_end: string;
  now_since: string;
  now_counted_from?: string;
  now_until: string;
  now_minutes_over?: number;
  is_paused?: boolean;
  paused_since?: string;
  is_over_time: boolean;
  minutes_over: number;
  href: string;
  sort: string;
}

export interface ScheduleForm {
  date: string;
  starts: string;
  ends: string;
}

export interface ScheduleChange {
  at: string;
  reason: string;
  was_when?: string;
  was_place?: string;
}

export interface Cancellation {
  at: string;
  reason: string;
}

export type MeetingState = "draft" | "published" | "started" | "closed";

export interface LastAgendaView {
  meeting: string;
  title: string;
  when: string;
  href: string;
  items: number;
}

export interface AgendaItemView {
  item: string;
  meeting: string;
  number: string;
  title: string;
  is_restricted: boolean;
  kind: ItemKind;
  kind_label: string;
  lead: string;
  minutes: number;
  starts: string;
  circulation: Circulation;
  is_members_only: boolean;
  is_now: boolean;
  is_done: boolean;
  is_first: boolean;
  is_last: boolean;
  sort: string;
  depth?: number;
  has_under?: boolean;
  may_go_in?: boolean;
  members_by_above?: boolean;
  is_named?: boolean;
  is_off?: boolean;
  status?: ItemStatus;
  status_label?: string;
  is_standing?: boolean;
  took_minutes?: number;
  changed?: string;
  changes?: number;
  has_papers?: boolean;
  papers?: Array<PaperView>;
  forwarded_from?: OtherItem;
  forwarded_to?: OtherItem;
}

export interface PaperView {
  paper: string;
  meeting: string;
  item: string;
  title: string;
  href: string;
  file_href: string;
  type: string;
  size: string;
  version: number;
  added: string;
  replaces?: number;
  what_changed?: string;
  is_late?: boolean;
  late_reason?: string;
  is_members_only?: boolean;
  is_named?: boolean;
  not_before?: string;
  is_withdrawn?: boolean;
  withdrawn_reason?: string;
  is_to_follow?: boolean;
  expected?: string;
  was_to_follow?: boolean;
  pages?: number;
  has_text?: boolean;
  from?: string;
  needs_second?: boolean;
  waits_for_second?: boolean;
}

export interface OtherItem {
  title: string;
  when: string;
  href: string;
}

export interface SeriesView {
  series: string;
  body: string;
  body_name: string;
  title: string;
}

export interface CirculationView {
  meeting: string;
  title: string;
  seats: Array<SeatChoice>;
}

export interface SeatChoice {
  seat: string;
  title: string;
  name: string;
  is_named?: boolean;
}

export interface NamedItemView {
  meeting: string;
  item: string;
  number: string;
  item_title: string;
  changes: number;
  seats: Array<SeatChoice>;
  words: string;
  sort: string;
}

export interface AttendanceView {
  meeting: string;
  title: string;
  members: number;
  present: number;
  remote: number;
  apologies: number;
  quorum?: number;
  is_quorate?: boolean;
  words: string;
  is_closed: boolean;
  href: string;
  is_cancelled?: boolean;
}

export interface AttendeeView {
  meeting: string;
  seat: string;
  title: string;
  name: string;
  organisation: string;
  by?: string;
  presence?: Presence;
  presence_label: string;
  substitute: string;
  since: string;
  sort: string;
  is_here?: boolean;
  is_remote?: boolean;
  has_apologies?: boolean;
  is_counted?: boolean;
  is_former?: boolean;
  is_corrected?: boolean;
  reason?: string;
  is_recused?: boolean;
}

export interface RoomView {
  meeting: string;
  is_started: boolean;
  is_paused: boolean;
  is_behind_doors: boolean;
  waiting: number;
  has_waiting: boolean;
  has_speaker: boolean;
  seat?: string;
  by?: string;
  name?: string;
  title?: string;
  is_point_of_order?: boolean;
  since?: string;
  counted_from?: string;
  took?: string;
}

export interface RequestView {
  meeting: string;
  seat: string;
  name: string;
  title: string;
  by?: string;
  number: number;
  is_point_of_order: boolean;
  is_first: boolean;
  is_last: boolean;
  asked: string;
  sort: string;
}

export interface SpokenView {
  item: string;
  item_number: string;
  item_title: string;
  name: string;
  title: string;
  turns: number;
  is_once: boolean;
  took: string;
  sort: string;
}

export interface DeclarationView {
  meeting: string;
  item: string;
  seat: string;
  number: number;
  item_number: string;
  item_title: string;
  name: string;
  title: string;
  by?: string;
  words: string;
  effect: InterestEffect;
  effect_label: string;
  is_withdrawing: boolean;
  is_away: boolean;
  is_reached: boolean;
  declared: string;
  reason?: string;
  sort: string;
}

export interface DeclaredView {
  meeting: string;
  meeting_title: string;
  when: string;
  item_number: string;
  item_title: string;
  words: string;
  effect_label: string;
  is_withdrawing: boolean;
  declared: string;
  href: string;
  sort: string;
}

export interface VotesView {
  meeting: string;
  is_started: boolean;
  is_paused: boolean;
  is_behind_doors: boolean;
  has_open: boolean;
  item?: string;
  item_number?: string;
  no_quorum?: string;
}

export interface MotionView {
  meeting: string;
  motion: string;
  item: string;
  item_number: string;
  item_title: string;
  words: string;
  moved_by: string;
  by?: string;
  seconded_by?: string;
  state_label: string;
  is_waiting: boolean;
  may_be_put: boolean;
  may_be_withdrawn: boolean;
  sort: string;
}

export interface VoteView {
  meeting: string;
  vote: string;
  item: string;
  item_number: string;
  item_title: string;
  question: string;
  kind_label: string;
  state_label: string;
  is_secret: boolean;
  is_open: boolean;
  is_closed: boolean;
  is_cancelled: boolean;
  present: number;
  cast: number;
  words: string;
  sort: string;
  moved_by?: string;
  seconded_by?: string;
  opened?: string;
  closed?: string;
  entitled?: number;
  in_favour?: number;
  against?: number;
  abstained?: number;
  reason?: string;
  href?: string;
}

export interface HandView {
  vote: string;
  seat: string;
  name: string;
  title: string;
  may_record: boolean;
  sort: string;
  is_substitute?: boolean;
  is_recorded?: boolean;
}

export interface BallotView {
  meeting: string;
  is_open: boolean;
  vote?: string;
  seat?: string;
  title?: string;
  question?: string;
  item_number?: string;
  is_secret?: boolean;
  has_voted?: boolean;
  why_not?: string;
}

export interface VoiceView {
  seat: string;
  name: string;
  title: string;
  choice_label: string;
  sort: string;
  is_recorded?: boolean;
}

export interface MinutesVoteView {
  vote: string;
  question: string;
  kind_label: string;
  counted: string;
  sort: string;
  moved_by?: string;
  seconded_by?: string;
  voices_href?: string;
}

export interface PaperVersionView {
  version: number;
  file_href: string;
  type: string;
  size: string;
  added: string;
  what_changed: string;
  sort: string;
  pages?: number;
  read_href?: string;
  waits_for_second?: boolean;
}

export interface PlaceholderView {
  paper: string;
  title: string;
  href: string;
  sort: string;
  expected?: string;
}

export interface ReaderView {
  reader: string;
  version: number;
  opened: string;
  sort: string;
  is_behind?: boolean;
}

export interface PublishedPaperView {
  paper: string;
  meeting: string;
  item: string;
  body: string;
  body_name: string;
  meeting_title: string;
  when: string;
  item_title: string;
  title: string;
  href: string;
  file_href: string;
  kind: PaperKind;
  bytes: number;
  version: number;
  published_at: string;
  updated_at: string;
  sort: string;
  what_changed?: string;
  withdrawn_reason?: string;
}

export type PaperKind = "pdf" | "docx" | "markdown";

export interface OpenedPaperView {
  paper: string;
  version: number;
}

export interface MinutesView {
  meeting: string;
  body: string;
  body_name: string;
  title: string;
  when: string;
  state: MinutesState;
  state_label: string;
  is_writing: boolean;
  is_circulated: boolean;
  is_approved: boolean;
  may_circulate: boolean;
  href: string;
  circulate_by?: string;
  circulated?: string;
  is_late?: boolean;
  open_corrections?: number;
  may_approve?: boolean;
  choices?: Array<ApprovalChoice>;
  approved?: string;
  approved_at?: string;
  approved_when?: string;
  approved_href?: string;
  has_corrections?: boolean;
  has_no_interests?: boolean;
}

export type MinutesState = "writing" | "circulated" | "approved";

export interface ApprovalChoice {
  meeting: string;
  title: string;
  when: string;
}

export interface MinutesItemView {
  meeting: string;
  item: string;
  number: string;
  title: string;
  text: string;
  changes: number;
  sort: string;
  depth?: number;
  is_members_only?: boolean;
  is_restricted?: boolean;
  is_empty?: boolean;
}

export interface MinutesInterestView {
  interest_number: number;
  declared_by: string;
  interest: string;
  effect_label: string;
  is_withdrawing: boolean;
  sort: string;
  changed_because?: string;
}

export interface MinutesDecisionView {
  decision: string;
  decision_number: string;
  decided: string;
  decision_changes: number;
  sort: string;
}

export interface MinutesActionView {
  action: string;
  todo: string;
  owner: string;
  due: string;
  due_day: string;
  action_changes: number;
  sort: string;
  status_label?: string;
  is_overdue?: boolean;
  is_done?: boolean;
  is_dropped?: boolean;
  followed_href?: string;
}

export interface CorrectionView {
  correction: string;
  proposed: string;
  by_name: string;
  proposed_on: string;
  sort: string;
  by?: string;
  is_open?: boolean;
  is_accepted?: boolean;
  wording?: string;
  is_declined?: boolean;
  declined_reason?: string;
}

export interface DecisionView {
  decision: string;
  meeting: string;
  decision_number: string;
  decided: string;
  meeting_title: string;
  when: string;
  item_title: string;
  href: string;
  sort: string;
  is_members_only?: boolean;
  is_unapproved?: boolean;
}

export interface ActionView {
  action: string;
  meeting: string;
  body: string;
  body_name: string;
  todo: string;
  owner: string;
  due: string;
  due_day: string;
  status: ActionStatus;
  status_label: string;
  action_changes: number;
  meeting_title: string;
  when: string;
  item_title: string;
  minutes_href: string;
  href: string;
  sort: string;
  by?: string;
  is_open?: boolean;
  is_overdue?: boolean;
  is_done?: boolean;
  is_dropped?: boolean;
  is_without_owner?: boolean;
  is_members_only?: boolean;
  closed_on?: string;
  latest?: string;
  minuted_due?: string;
  minuted_owner?: string;
}

export type ActionStatus = "open" | "done" | "dropped";

export interface ActionEntryView {
  what: string;
  text: string;
  by_name: string;
  noted: string;
  sort: string;
  action?: string;
  entry?: number;
  by?: string;
}

export interface ActionsSummaryView {
  count: number;
  count_words: string;
  more?: number;
  body?: string;
}

export interface NoteView {
  paper: string;
  text: string;
  written: string;
  version: number;
  changes: number;
}

export interface PlanView {
  body: string;
}

export interface PlanEntryView {
  entry: string;
  body: string;
  title: string;
  kind: ItemKind;
  kind_label: string;
  lead: string;
  purpose: string;
  month: string;
  month_label: string;
  changes: number;
  sort: string;
  is_members_only?: boolean;
  meeting_title?: string;
  meeting_href?: string;
  when?: string;
  is_cancelled?: boolean;
  is_off_agenda?: boolean;
}

export interface ProposalView {
  proposal: string;
  body: string;
  title: string;
  why: string;
  kind_label: string;
  month_label: string;
  by_name: string;
  proposed: string;
  state: ProposalState;
  state_label: string;
  sort: string;
  by?: string;
  reason?: string;
  is_accepted?: boolean;
}

export type ProposalState = "proposed" | "accepted" | "declined" | "withdrawn";

export interface DatesView {
  body: string;
}

export interface DatePollView {
  poll: string;
  body: string;
  title: string;
  place: string;
  state: DatePollState;
  state_label: string;
  opened: string;
  answered: number;
  asked: number;
  sort: string;
  answer_by?: string;
  takes_answers?: boolean;
  reason?: string;
  when?: string;
  meeting_href?: string;
  calendar_href?: string;
}

export type DatePollState = "open" | "settled" | "ended";

export interface ProposedTimeView {
  poll: string;
  time: string;
  body: string;
  when: string;
  yes: number;
  if_needed: number;
  no: number;
  sort: string;
  is_best?: boolean;
  is_past?: boolean;
  is_open?: boolean;
}

export interface DateVoiceView {
  by: string;
  name: string;
  answer: DateAnswer;
  answer_label: string;
  sort: string;
}

export interface ReplayView {
  meeting: string;
  title: string;
  body_name: string;
  when: string;
  lasted: string;
  clock: string;
  page: number;
  page_count: number;
  count: number;
  has_moments: boolean;
  lists: Array<ReplayLink>;
  groups: Array<ReplayGroup>;
  contents?: Array<ReplayLink>;
  has_contents?: boolean;
  earlier_href?: string;
  later_href?: string;
  has_pages?: boolean;
  is_cut?: boolean;
}

export interface ReplayLink {
  label: string;
  href: string;
  is_current?: boolean;
}

export interface ReplayGroup {
  anchor: string;
  heading: string;
  moments: Array<ReplayMoment>;
  item_href?: string;
  minute_href?: string;
}

export interface ReplayMoment {
  at: string;
  text: string;
  since?: string;
  seconds?: number;
  words?: string;
  href?: string;
  state?: string;
}

export interface GroupView {
  group: string;
  name: string;
  challenge: Challenge;
  challenge_label: string;
  mission: string;
  champion: string;
  has_champion: boolean;
  member_count: number;
  engagement_count: number;
  has_engagements: boolean;
  href: string;
  sort: string;
}

export interface GroupMemberView {
  seat: string;
  title: string;
  name: string;
  organisation: string;
  role_label: string;
  sort: string;
}

export interface EngagementView {
  engagement: string;
  group: string;
  organisation: string;
  kind_label: string;
  sector: string;
  area: string;
  size_label: string;
  heard_on: string;
  channel_label: string;
  said: string;
  follow_up: string;
  has_follow_up: boolean;
  by: string;
  by_name: string;
  sort: string;
}

export interface ConsultationView {
  consultation: string;
  body: string;
  body_name: string;
  title: string;
  area: string;
  summary: string;
  state: ConsultationState;
  state_label: string;
  is_preparing: boolean;
  is_open: boolean;
  is_closed: boolean;
  closes: string;
  closes_at?: string;
  is_scheduled: boolean;
  opens: string;
  opens_at?: string;
  has_draft: boolean;
  draft: number;
  draft_href: string;
  comment_count: number;
  paragraph_count: number;
  href: string;
  sort: string;
}

export type ConsultationState = "preparing" | "open" | "closed";

export interface ExtensionView {
  number: number;
  from: string;
  to: string;
  reason: string;
  at: string;
  sort: string;
}

export interface BlockView {
  block: string;
  consultation: string;
  draft: number;
  is_heading: boolean;
  is_title: boolean;
  is_section: boolean;
  is_subsection: boolean;
  is_paragraph: boolean;
  number: string;
  html: string;
  text: string;
  comment_count: number;
  has_comments: boolean;
  has_one_comment: boolean;
  sort: string;
}

export interface LedgerView {
  consultation: string;
  draft: number;
  total: number;
  placed: number;
  moved: number;
  settled: number;
  uncertain: number;
  orphaned: number;
  left: number;
  has_any: boolean;
  is_done: boolean;
  has_unplaced: boolean;
  summary: string;
  href: string;
  is_replaced: boolean;
  newest: number;
  newest_href: string;
}

export interface ParagraphView {
  block: string;
  consultation: string;
  draft: number;
  is_unplaced: boolean;
  number: string;
  html: string;
  thread: string;
  page_number: number;
  has_previous: boolean;
  previous_href: string;
  has_next: boolean;
  next_href: string;
}

export interface CommentView {
  comment: string;
  consultation: string;
  draft: number;
  block: string;
  by: string;
  by_name: string;
  organisation: string;
  has_organisation: boolean;
  text: string;
  words: string;
  words_start: number;
  words_length: number;
  words_from: number;
  words_to: number;
  is_reply: boolean;
  is_withdrawn: boolean;
  at: string;
  created_at: string;
  carried?: CarriedView;
  sort: string;
}

export interface CarriedView {
  draft: number;
  number: string;
  href: string;
  words: string;
  is_moved: boolean;
  is_uncertain: boolean;
  is_orphaned: boolean;
  settled: string;
  guess_number: string;
  guess_href: string;
}

export interface HereView {
  people: Array<string>;
  others: number;
  words: string;
}

export interface EditorView {
  by: string;
  name: string;
  place: string;
  number: string;
  title: string;
  sort: string;
}

export interface PagesView {
  page: number;
  earlier_count: number;
  has_earlier: boolean;
  earlier_href: string;
  earlier_label: string;
  has_later: boolean;
  later_href: string;
  later_label: string;
}

export interface BodyEstablishedNotice {
  body: string;
  name: string;
  kind: BodyKind;
}

export interface PersonRegisteredNotice {
  person: string;
  name: string;
  organisation: string;
}

export interface SeatFilledNotice {
  body: string;
  seat: string;
  title: string;
  role: Role;
  person: string;
  person_name: string;
  organisation: string;
}

export interface SeatVacatedNotice {
  body: string;
  seat: string;
}

export interface PersonRenamedNotice {
  person: string;
  name: string;
  number: number;
}

export interface PersonErasedNotice {
  person: string;
}

export interface CommandRequest {
  id: string;
  name: string;
  args: Record<string, unknown>;
  if_version?: number;
  actor: Actor;
  deadline_ms: number;
  trace: string;
}

export interface Actor {
  person?: string;
  roles: Record<string, Array<Role>>;
  session?: string;
  changes_nothing: boolean;
}

export interface CommandReply {
  topic: string;
  epoch: string;
  version: number;
  result: Record<string, unknown>;
  others_later: boolean;
}

export interface ViewRequest {
  topic: string;
  audience: string;
  after?: Position;
  trace: string;
}

export interface Position {
  epoch: string;
  version: number;
}

export interface ViewReply {
  topic: string;
  audience: string;
  epoch: string;
  version: number;
  resync: boolean;
  entities?: Record<string, unknown>;
  changes?: Array<Change>;
}

export interface Change {
  topic: string;
  audience: string;
  epoch: string;
  prev: number;
  version: number;
  put: Record<string, unknown>;
  drop: Array<string>;
}

export interface Head {
  service: string;
  epoch: string;
  since: number;
  version: number;
  recent: Array<TopicHead>;
}

export interface TopicHead {
  topic: string;
  audience: string;
  version: number;
}

export interface HeadsRequest {
  since: number;
  seen?: Position;
}

export interface CloudEvent {
  specversion: string;
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  datacontenttype: string;
  data: PublicCommit;
}

export interface PublicCommit {
  service: string;
  epoch: string;
  first: number;
  last: number;
  events: Array<PublicEvent>;
}

export interface PublicEvent {
  seq: number;
  aggregate: string;
  version: number;
  type: string;
  at: string;
  actor?: string;
  data: Record<string, unknown>;
}

export interface EventsSinceRequest {
  after: number;
  limit: number;
  seen?: Position;
}

export interface EventsSinceReply {
  epoch: string;
  head: number;
  commits: Array<PublicCommit>;
}

export interface EmptyStreamRequest {
  up_to: number;
}

export interface AccessRule {
  audience: string;
  who: Who;
  person?: string;
  body?: string;
  roles: Array<Role>;
}

export type Who = "anyone" | "signed_in" | "person" | "roles" | "gateway";

export interface AuditRequest {
  person?: string;
  body?: string;
  kind?: string;
  from?: string;
  to?: string;
  before?: number;
  limit: number;
  actor: Actor;
  trace: string;
  own?: boolean;
}

export interface AuditReply {
  entries: Array<AuditEntry>;
  next?: number;
  searched_to?: string;
  kinds: Array<string>;
}

export interface AuditEntry {
  seq: number;
  at: string;
  person?: string;
  kind: string;
  body?: string;
  what: string;
  from: string;
  to: string;
  words?: Array<AuditWords>;
}

export interface AuditWords {
  field: string;
  text: string;
}

export interface UseRequest {
  used: Array<Use>;
  asked: Array<string>;
}

export interface Use {
  key: string;
  at: string;
}

export interface UseReply {
  last: Array<Use>;
  ending: Array<Use>;
}

export interface FilePut {
  upload: string;
  offset: number;
  actor: Actor;
  trace: string;
}

export interface FilePutReply {
  received: number;
}

export interface FileGet {
  of: string;
  number: number;
  offset: number;
  actor: Actor;
  trace: string;
}

export interface FileGetReply {
  size: number;
}

export interface PersonHere {
  person: string;
  name: string;
  shown: PresenceShown;
  editing: Array<string>;
}

export interface NowPart {
  gateway: string;
  topic: string;
  asks: boolean;
  people: Array<PersonHere>;
  others: number;
}

export interface Subscribe {
  topic: string;
  after?: ResumeFrom;
}

export interface ResumeFrom {
  epoch: string;
  version: number;
  audience?: string;
}

export interface Unsubscribe {
  topic: string;
}

export interface Command {
  id: string;
  name: string;
  args: Record<string, unknown>;
  if_version?: number;
}

export interface Here {
}

export interface Doing {
  topic: string;
  editing?: string;
}

export interface Snapshot {
  topic: string;
  audience: string;
  epoch: string;
  version: number;
  reason: string;
  entities: Record<string, unknown>;
}

export interface ChangeFrame {
  topic: string;
  epoch: string;
  prev: number;
  version: number;
  put: Record<string, unknown>;
  drop: Array<string>;
}

export interface Resumed {
  topic: string;
  epoch: string;
  version: number;
  missed: number;
}

export interface Reply {
  id: string;
  reply?: CommandReply;
  problem?: Record<string, unknown>;
}

export interface Revoked {
  topic: string;
}

export interface Ending {
  seconds?: number;
}

export interface Problem {
  topic?: string;
  problem: Record<string, unknown>;
}

export interface Problem_details {
  type: string;
  title: string;
  status: number;
  code: ErrorName;
  detail: string;
  may_retry: boolean;
  instance?: string;
  errors?: Array<Record<string, unknown>>;
}

export type ErrorName = "malformed_json" | "not_utf8" | "invalid_request" | "invalid_arguments" | "unknown_field" | "wrong_type" | "missing_field" | "too_short" | "too_long" | "out_of_range" | "invalid_value" | "unknown_command" | "unknown_topic" | "not_found" | "not_signed_in" | "sign_in_failed" | "forbidden" | "cross_site" | "ticket_invalid" | "form_expired" | "stale_version" | "idempotency_mismatch" | "already_exists" | "already_done" | "not_now" | "consultation_closed" | "too_large" | "method_not_allowed" | "unsupported_media_type" | "header_too_large" | "rate_limited" | "request_timeout" | "storage_full" | "unavailable" | "deadline_exceeded" | "internal" | "link_not_valid" | "rights_unknown" | "second_factor_needed" | "code_wrong" | "openid_expired" | "openid_refused" | "openid_not_linked" | "openid_not_trusted" | "openid_unavailable" | "file_refused";

export interface CommandArguments {
  "directory.establish_body": EstablishBody;
  "directory.register_organisation": RegisterOrganisation;
  "directory.rename_organisation": RenameOrganisation;
  "directory.register_person": RegisterPerson;
  "directory.set_organisation": SetOrganisation;
  "directory.create_seat": CreateSeat;
  "directory.change_seat": ChangeSeat;
  "directory.fill_seat": FillSeat;
  "directory.reappoint": Reappoint;
  "directory.vacate_seat": VacateSeat;
  "directory.abolish_seat": AbolishSeat;
  "directory.invite": Invite;
  "directory.withdraw_invitation": WithdrawInvitation;
  "directory.accept_invitation": AcceptInvitation;
  "directory.request_password_reset": RequestPasswordReset;
  "directory.reset_password": ResetPassword;
  "directory.issue_administrator_link": IssueAdministratorLink;
  "directory.change_email": ChangeEmail;
  "directory.withdraw_email_change": WithdrawEmailChange;
  "directory.confirm_email": ConfirmEmail;
  "directory.rename_person": RenamePerson;
  "directory.set_preferences": SetPreferences;
  "directory.open_calendar": OpenCalendar;
  "directory.close_calendar": CloseCalendar;
  "directory.suspend_person": SuspendPerson;
  "directory.reinstate_person": ReinstatePerson;
  "directory.start_session": StartSession;
  "directory.note_strangers": NoteStrangers;
  "directory.finish_sign_in": FinishSignIn;
  "directory.set_second_factor": SetSecondFactor;
  "directory.renew_recovery_codes": RenewRecoveryCodes;
  "directory.remove_second_factor": RemoveSecondFactor;
  "directory.renew_session": RenewSession;
  "directory.end_session": EndSession;
  "directory.end_sessions": EndSessions;
  "directory.change_password": ChangePassword;
  "directory.grant_office": GrantOffice;
  "directory.withdraw_office": WithdrawOffice;
  "directory.declare_interest": DeclareInterest;
  "directory.change_interest": ChangeInterest;
  "directory.withdraw_interest": WithdrawInterest;
  "directory.confirm_interests": ConfirmInterests;
  "directory.begin_openid": BeginOpenid;
  "directory.finish_openid_sign_in": FinishOpenidSignIn;
  "directory.link_openid": LinkOpenid;
  "directory.unlink_openid": UnlinkOpenid;
  "directory.erase_person": ErasePerson;
  "meetings.schedule_meeting": ScheduleMeeting;
  "meetings.reschedule_meeting": RescheduleMeeting;
  "meetings.cancel_meeting": CancelMeeting;
  "meetings.set_chairs": SetChairs;
  "meetings.set_publication_clock": SetPublicationClock;
  "meetings.add_agenda_item": AddAgendaItem;
  "meetings.edit_agenda_item": EditAgendaItem;
  "meetings.name_seats": NameSeats;
  "meetings.open_to_members": OpenToMembers;
  "meetings.move_agenda_item": MoveAgendaItem;
  "meetings.forward_item": ForwardItem;
  "meetings.copy_agenda": CopyAgenda;
  "meetings.remove_agenda_item": RemoveAgendaItem;
  "meetings.publish_agenda": PublishAgenda;
  "meetings.start_meeting": StartMeeting;
  "meetings.go_to_item": GoToItem;
  "meetings.pause_meeting": PauseMeeting;
  "meetings.resume_meeting": ResumeMeeting;
  "meetings.close_meeting": CloseMeeting;
  "meetings.record_attendance": RecordAttendance;
  "meetings.set_quorum": SetQuorum;
  "meetings.ask_to_speak": AskToSpeak;
  "meetings.withdraw_request": WithdrawRequest;
  "meetings.move_request": MoveRequest;
  "meetings.give_floor": GiveFloor;
  "meetings.end_turn": EndTurn;
  "meetings.declare_at_item": DeclareAtItem;
  "meetings.withdraw_declaration": WithdrawDeclaration;
  "meetings.propose_motion": ProposeMotion;
  "meetings.second_motion": SecondMotion;
  "meetings.withdraw_motion": WithdrawMotion;
  "meetings.open_vote": OpenVote;
  "meetings.cast_vote": CastVote;
  "meetings.take_back_hand": TakeBackHand;
  "meetings.close_vote": CloseVote;
  "meetings.cancel_vote": CancelVote;
  "meetings.begin_upload": BeginUpload;
  "meetings.cancel_upload": CancelUpload;
  "meetings.announce_paper": AnnouncePaper;
  "meetings.add_paper": AddPaper;
  "meetings.add_paper_version": AddPaperVersion;
  "meetings.release_paper": ReleasePaper;
  "meetings.withdraw_paper": WithdrawPaper;
  "meetings.read_paper": ReadPaper;
  "meetings.write_minutes": WriteMinutes;
  "meetings.write_decision": WriteDecision;
  "meetings.remove_decision": RemoveDecision;
  "meetings.write_action": WriteAction;
  "meetings.remove_action": RemoveAction;
  "meetings.circulate_minutes": CirculateMinutes;
  "meetings.propose_correction": ProposeCorrection;
  "meetings.answer_correction": AnswerCorrection;
  "meetings.approve_minutes": ApproveMinutes;
  "meetings.finish_action": FinishAction;
  "meetings.drop_action": DropAction;
  "meetings.reopen_action": ReopenAction;
  "meetings.change_action_due": ChangeActionDue;
  "meetings.hand_over_action": HandOverAction;
  "meetings.note_on_action": NoteOnAction;
  "meetings.remove_action_note": RemoveActionNote;
  "meetings.write_note": WriteNote;
  "meetings.add_plan_entry": AddPlanEntry;
  "meetings.edit_plan_entry": EditPlanEntry;
  "meetings.remove_plan_entry": RemovePlanEntry;
  "meetings.take_onto_agenda": TakeOntoAgenda;
  "meetings.plan_again": PlanAgain;
  "meetings.propose_item": ProposeItem;
  "meetings.withdraw_proposal": WithdrawProposal;
  "meetings.accept_proposal": AcceptProposal;
  "meetings.decline_proposal": DeclineProposal;
  "meetings.open_date_poll": OpenDatePoll;
  "meetings.add_time": AddTime;
  "meetings.remove_time": RemoveTime;
  "meetings.answer_time": AnswerTime;
  "meetings.settle_date": SettleDate;
  "meetings.end_date_poll": EndDatePoll;
  "advisory.open_group": OpenGroup;
  "advisory.log_engagement": LogEngagement;
  "advisory.withdraw_engagement": WithdrawEngagement;
  "consultations.create_consultation": CreateConsultation;
  "consultations.publish_draft": PublishDraft;
  "consultations.open_consultation": OpenConsultation;
  "consultations.cancel_opening": CancelOpening;
  "consultations.extend_consultation": ExtendConsultation;
  "consultations.close_consultation": CloseConsultation;
  "consultations.add_comment": AddComment;
  "consultations.withdraw_comment": WithdrawComment;
  "consultations.place_comment": PlaceComment;
}

export type CommandName = keyof CommandArguments;

export type FrameFromBrowser =
  | ({ type: "subscribe" } & Subscribe)
  | ({ type: "unsubscribe" } & Unsubscribe)
  | ({ type: "command" } & Command)
  | ({ type: "here" } & Here)
  | ({ type: "doing" } & Doing);

export type FrameToBrowser =
  | ({ type: "snapshot" } & Snapshot)
  | ({ type: "change" } & ChangeFrame)
  | ({ type: "resumed" } & Resumed)
  | ({ type: "reply" } & Reply)
  | ({ type: "revoked" } & Revoked)
  | ({ type: "ending" } & Ending)
  | ({ type: "problem" } & Problem);
