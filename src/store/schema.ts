import type { ColumnType, GeneratedAlways, JSONColumnType } from 'kysely';
import type { Evidence, Facets } from '../classify/classification.ts';
import type { ErrorCode } from '../errors.ts';
import type { Sure } from '../evaluation/label.ts';
import type { NotUnderstood } from '../pipeline/not-understood.ts';
import type { DetailCount, VisitOutcome } from '../pipeline/outcome.ts';
import type { Pay, Place } from '../posting/posting.ts';
import type { Credential, EmployerDomain, Path, Relevance, Verdict } from '../posting/taxonomy.ts';

/** The tables as Kysely sees them. Timestamps come back as Date; migrations/ is the truth. */
export type Database = {
  sources: SourcesTable;
  visits: VisitsTable;
  postings: PostingsTable;
  posting_texts: { posting_id: string; html: string; text: string; truncated: boolean; search: string };
  posting_tags: Omit<Tag, 'evidence'> & { posting_id: string; evidence: JSONColumnType<Evidence[]> };
  robots_verdicts: RobotsTable;
  host_limits: { host: string; next_allowed_at: Instant; held_until: Instant | null; held_by: string | null };
  listing_validators: ListingValidatorsTable;
  tag_reports: TagReportsTable;
  subscriptions: SubscriptionsTable;
  deliveries: DeliveriesTable;
  digest_items: DigestItemsTable;
  digest_pending: { id: GeneratedAlways<number>; posting_id: string; known_only: Defaulted<boolean>; away: string | null };
  rules_versions: RulesVersionsTable;
  suppressions: { address_hash: string; reason: 'bounce' | 'complaint' | 'erased'; at: Instant };
  heartbeats: HeartbeatsTable;
  proxy_sightings: { peer: string; header: string; seen_at: ColumnType<Date, Date | string | undefined, Date | string> };
  mail_troubles: MailTroublesTable;
  feed_revision: { number: number };
  known_places: { key: string };
  desk_sessions: DeskSessionsTable;
  desk_audit: DeskAuditTable;
  labels: LabelsTable;
  first_contacts: FirstContactsTable;
};

/** Read as Date, written as Date or ISO text. */
type Instant = ColumnType<Date, Date | string, Date | string>;
type Defaulted<T> = ColumnType<T, T | undefined, T>;
type Json<T> = ColumnType<T, string, string>;
type DefaultedJson<T> = ColumnType<T, string | undefined, string>;

/** One thing the classifier said of a posting, with the rule and the words that decided. */
export type Tag = {
  kind: 'relevance' | 'path' | 'verdict' | 'facet';
  name: string;
  value: string;
  rule: string;
  evidence: Evidence[];
  /** Of verdicts alone: how likely it is right about whether the holder may apply. */
  confidence: number | null;
};

export type Stated = { work_mode?: string | null; pay?: Pay | null; employment_types?: string[] };

export type SourcesTable = {
  id: GeneratedAlways<number>;
  slug: string;
  name: string;
  system: string;
  target: Json<unknown>;
  enabled: Defaulted<boolean>;
  disabled_reason: string | null;
  every_minutes: Defaulted<number>;
  domain: EmployerDomain | null;
  country: string | null;
  notes: string | null;
  next_visit_at: ColumnType<Date, Date | string | undefined, Date | string>;
  failures: Defaulted<number>;
  cooling_until: Instant | null;
  /** Open postings that a suspicious visit would have closed; and those an operator keeps open although the board does not list them. */
  held_keys: string[] | null;
  kept_keys: string[] | null;
  last_complete_at: Instant | null;
  removed_at: Instant | null;
  /** Comes from a recording: the registry does not own it. */
  recorded: Defaulted<boolean>;
  /** Since when it has no row in the registry; and when its postings close for that, null while that is held. */
  missing_since: Instant | null;
  retire_at: Instant | null;
  created_at: ColumnType<Date, Date | string | undefined, never>;
};

type VisitsTable = {
  id: string;
  source_id: number;
  started_at: Instant;
  ended_at: Instant | null;
  outcome: VisitOutcome | null;
  reason: string | null;
  /** Of the error that ended it; null where none did, and in rows of before it was kept. */
  code: ColumnType<ErrorCode | null, ErrorCode | null | undefined, ErrorCode | null>;
  /** How often a process took it up and has not given it back. */
  attempts: Defaulted<number>;
  requests: Defaulted<number>;
  listed: Defaulted<number>;
  total: number | null;
  details: DefaultedJson<DetailCount>;
  postings: DefaultedJson<Record<string, number>>;
  coverage: DefaultedJson<Record<string, number>>;
};

export type PostingsTable = {
  id: string;
  source_id: number;
  key: string;
  url: string;
  apply_url: string | null;
  title: string;
  company: string | null;
  department: string | null;
  requisition: string | null;
  places: DefaultedJson<Place[]>;
  /** USPS codes of the places, for the filter. */
  states: Defaulted<string[]>;
  work_mode: string | null;
  pay: Json<Pay> | null;
  employment_types: Defaulted<string[]>;
  posted_at: Instant | null;
  posted_precision: string | null;
  posted_from: string | null;
  closes_at: Instant | null;
  first_seen: Instant;
  last_seen: Instant;
  /** Changes with title, place, pay, text, tags, closing and reopening; never with a mere re-crawl. */
  updated_at: Instant;
  closed_at: Instant | null;
  closed_reason: string | null;
  reopened_at: Instant | null;
  /** How often in a row its own page was gone, for listings that never show everything; and when that page was last looked at. */
  missed: Defaulted<number>;
  looked_at: Instant | null;
  duplicate_of: string | null;
  content_hash: string;
  /** Hash of what the list page said; equal = no detail request needed. */
  list_hash: string;
  has_body: Defaulted<boolean>;
  triage: Defaulted<string>;
  triage_version: string | null;
  relevance: string | null;
  confidence: number | null;
  primary_path: string | null;
  paths: Defaulted<string[]>;
  roles: Defaulted<string[]>;
  verdict_ot: string | null;
  verdict_ota: string | null;
  verdict_pt: string | null;
  verdict_pta: string | null;
  verdict_slp: string | null;
  facets: DefaultedJson<Partial<Facets>>;
  /** What the board said in fields of its own; the tagged columns hold what was decided. */
  stated: DefaultedJson<Stated>;
  /** What the board told and no reader understood; null where it was stored before that was kept. */
  not_understood: Json<NotUnderstood> | null;
  rules_version: string | null;
};

export type RobotsTable = {
  origin: string;
  fetched_at: Instant;
  expires_at: Instant;
  status: number | null;
  /** `rules`: obey `body`. `none`: no robots.txt, all allowed. `unreadable`: nothing is crawled. */
  verdict: 'rules' | 'none' | 'unreadable';
  reason: string;
  body: Defaulted<string>;
};

type ListingValidatorsTable = {
  source_id: number;
  etag: string | null;
  last_modified: string | null;
  /** Version of the triage rules the listing was read under; another one wants the whole listing again. */
  version: string;
  seen_at: Instant;
};

type RulesVersionsTable = {
  version: string;
  first_seen: ColumnType<Date, never, never>;
  /** When a process that runs it said so last. */
  seen_at: ColumnType<Date, never, Date | string>;
  /** The version with the latest is in force. */
  in_force_since: ColumnType<Date | null, never, Date | string>;
};

type TagReportsTable = {
  id: GeneratedAlways<number>;
  posting_id: string;
  tag: string;
  expected: string | null;
  note: string | null;
  rules_version: string | null;
  created_at: ColumnType<Date, Date | string | undefined, never>;
  handled_at: Instant | null;
};

export type SubscriptionsTable = {
  id: string;
  email: string;
  /** `key id:keyed hash`, to find an address without comparing addresses. */
  address_hash: string;
  /** The same of the mailbox behind the address, which other spellings lead to as well; null in rows of before it was kept. */
  mailbox_hash: string | null;
  /** Canonical query of the filter, without paging. */
  query: string;
  every: 'daily' | 'weekly';
  /** ISO: 1 is Monday. Only weekly ones look at it. */
  weekday: number;
  hour: number;
  zone: string;
  state: 'pending' | 'active' | 'unsubscribed' | 'bounced' | 'complained';
  paused_at: Instant | null;
  confirm_id: string | null;
  confirm_expires_at: Instant | null;
  consent_version: string;
  consent_source: 'web' | 'api' | 'cli';
  consent_at: Instant;
  confirmed_at: Instant | null;
  ended_at: Instant | null;
  next_due_at: Instant | null;
  /** When the postings of the last 14 days were gathered for it; null asks for that. */
  gathered_at: Instant | null;
  last_match_at: Instant | null;
  quiet_told_at: Instant | null;
  /** Mails in a row that came back or were refused for good. */
  failures: Defaulted<number>;
  /** When a mail last asked its owner to confirm it; null while that mail is still to come. */
  asked_at: Instant | null;
  /** When a reply first left open whether there is such a mailbox. */
  doubted_at: Instant | null;
};

/** `merged`: told by the mail of another delivery of the same address. */
type DeliveryStatus =
  | 'due'
  | 'ready'
  | 'claimed'
  | 'sending'
  | 'sent'
  | 'written'
  | 'skipped'
  | 'failed'
  | 'cancelled'
  | 'unknown'
  | 'merged';

export type DeliveriesTable = {
  id: string;
  subscription_id: string;
  kind: 'digest' | 'confirm' | 'quiet';
  /** What the mail is of: the moment it came due, or the confirmation asked for. One mail each. */
  period: string;
  status: DeliveryStatus;
  /** Of a merged one: the delivery whose mail tells it. */
  mail_id: string | null;
  due_at: Instant;
  available_at: Instant;
  /** How often it was claimed; who holds an older number has lost its claim. */
  attempts: Defaulted<number>;
  /** How often the server put it off. */
  deferrals: Defaulted<number>;
  /** How often the sending ended without an answer after the text had begun to go out. */
  interrupted: Defaulted<number>;
  lease_until: Instant | null;
  /** Postings beyond those in the mail, which it only links to. */
  linked: Defaulted<number>;
  response: string | null;
  ended_at: Instant | null;
  /** The Date of the mail, fixed when its text goes out for the first time. */
  dated_at: Instant | null;
  /** When a report said that it came back. */
  returned_at: Instant | null;
  /** Nobody got it: its postings go back to the ledger as not told. */
  untold: Defaulted<boolean>;
};

/** Who refuses us as a sender. */
type MailTroublesTable = {
  /** The domain of the recipients; empty for our own mail server. */
  scope: string;
  since: Instant;
  last_at: Instant;
  /** Until then nothing is sent there. */
  until: Instant;
  refusals: number;
  /** How often sending was held; each hold is longer. */
  rounds: number;
  /** Told by a returned mail, so that the next acceptance by our own server proves nothing. */
  returned: boolean;
  response: string;
};

/** Why a posting is told: it is new to the subscription, it was told and is open again, or it was told and pays more by now. */
export type News = 'new' | 'open_again' | 'raised';

/** One telling of a posting to a subscription; without a delivery it waits. */
type DigestItemsTable = {
  subscription_id: string;
  posting_id: string;
  news: Defaulted<News>;
  matched_at: Instant;
  delivery_id: string | null;
  /** `elsewhere`: the mail told it under another filter of the address. */
  place: 'mailed' | 'linked' | 'elsewhere' | null;
  told_at: Instant | null;
  /** The pay it stated when it was told, and, of a telling again, when it was told the time before. */
  told_pay: Json<Pay> | null;
  pay_before: Json<Pay> | null;
};

type HeartbeatsTable = {
  id: string;
  host: string;
  pid: number;
  /** A mark of the key of links in mails, to see whether all processes have the same; never the key. */
  digest_key: string | null;
  started_at: ColumnType<Date, Date | string | undefined, never>;
  beaten_at: ColumnType<Date, Date | string | undefined, Date | string>;
  stopped_at: Instant | null;
};

type DeskSessionsTable = {
  /** SHA-256 of the token in the browser's cookie. */
  token_hash: string;
  /** A mark of the password's hash: with another password no session of before is one. */
  credential: string;
  network: string;
  created_at: ColumnType<Date, never, never>;
  used_at: ColumnType<Date, never, Date | string>;
};

type DeskAuditTable = {
  id: GeneratedAlways<number>;
  at: ColumnType<Date, never, never>;
  via: 'desk' | 'cli';
  /** The beginning of a session's hash, or the account and machine of a command. */
  who: string;
  network: string | null;
  what: string;
  target: string | null;
  before: Json<unknown> | null;
  after: Json<unknown> | null;
};

/** An operator's labels; none refers to its posting, so that it outlives it. */
type LabelsTable = {
  posting_id: string;
  /** The posting as a line that `ombre eval` reads, and its label as one. */
  posting: Json<LabelledLine>;
  label: Json<LabelLine>;
  /** What the classifier said of the posting when it was labelled. */
  answered: Json<Answer>;
  /** Of the posting when it was labelled: with another text it is asked about again. */
  content_hash: string;
  rules_version: string | null;
  labelled_at: ColumnType<Date, Date | string | undefined, Date | string>;
};

/** The part of an answer that an operator judges. `paths` has the primary one first; `role` is one of it. */
export type Answer = { relevance: Relevance; paths: Path[]; role: string | null; verdicts: Record<Credential, Verdict> | null };

/** A line of labels.jsonl: what it leaves out was not judged, and is not compared. */
export type LabelLine = Answer & { id: string; sure: Sure; note: string };

/** A line of postings.jsonl. */
export type LabelledLine = { id: string; title: string; company: string | null; description: string; [field: string]: unknown };

/** What first contact with the board of a row found last, by `sources verify --apply`; the row need not be in `sources` yet. */
type FirstContactsTable = {
  slug: string;
  system: string;
  at: ColumnType<Date, Date | string | undefined, Date | string>;
  result: string;
  why: string;
  listed: number;
  total: number | null;
  /** What is left for a person to do; empty when nothing is. */
  todo: string;
};
