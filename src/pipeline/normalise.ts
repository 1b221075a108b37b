import type { RawDate, RawPosting } from '../crawlers/adapter.ts';
import { readDate } from '../posting/dates.ts';
import { readEmployment } from '../posting/employment.ts';
import { bodyOf, stripIllegal } from '../posting/html.ts';
import { parsePay } from '../posting/pay.ts';
import { readPlaces } from '../posting/places.ts';
import type { DateFact, Pay, Posting } from '../posting/posting.ts';
import { cleanTitle } from '../posting/title.ts';
import { workModeOfPlaces } from '../posting/work-mode.ts';

type NormaliseContext = {
  /** When the page was fetched, ISO 8601: the reference of relative dates. */
  fetchedAt: string;
  /** The employer of the source, for boards that do not name it. */
  company: string | null;
  system: string;
  /** The country its employer hires in, where the registry says it. */
  country?: string | null;
};

/**
 * One posting as a board tells it → one posting as everything after reads it. Pure. What the board's own fields do not say stays null: nothing
 * is read from prose here.
 */
export function normalise(raw: RawPosting, context: NormaliseContext): Posting {
  const places = readPlaces(raw.places, context.country ?? null);
  const postedAt = dated(raw.posted, 'posted', context);
  const closesAt = dated(raw.closes, 'closes', context);
  const { html, text } = bodyOf(raw.body ?? []);
  const applyUrl = webAddress(raw.applyUrl);
  return {
    key: stripIllegal(raw.key),
    title: cleanTitle(raw.title),
    company: words(raw.company) ?? context.company,
    department: words(raw.department),
    requisition: words(raw.requisition),
    places,
    workMode: raw.workMode ?? workModeOfPlaces(places),
    pay: payOf(raw.pay),
    employmentTypes: readEmployment(raw.employment ?? []),
    postedAt,
    // A closing date before the posting date is a broken field, not a fact.
    closesAt: closesAt && postedAt && earlier(closesAt, postedAt) ? null : closesAt,
    closed: raw.closed ?? false,
    url: webAddress(raw.url) ?? applyUrl ?? '',
    applyUrl,
    html,
    text,
  };
}

function dated(date: RawDate | null | undefined, kind: 'posted' | 'closes', context: NormaliseContext): DateFact | null {
  const fact = readDate(date, context.fetchedAt, kind);
  return fact && { ...fact, from: `${context.system}.${fact.from}` };
}

function words(text: string | null | undefined): string | null {
  return text ? cleanTitle(text) || null : null;
}

/** Compared at the precision both have. */
function earlier(one: DateFact, other: DateFact): boolean {
  const length = Math.min(10, one.value.length, other.value.length);
  return one.value.slice(0, length) < other.value.slice(0, length);
}

/** An http(s) address as the board gave it, or null: everything else is no link for people. */
function webAddress(address: string | null | undefined): string | null {
  const url = address ? URL.parse(stripIllegal(address).trim()) : null;
  return url && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** A structured figure as the adapter made it, or the board's pay string read. */
function payOf(pay: Pay | string | null | undefined): Pay | null {
  if (!pay) return null;
  if (typeof pay === 'string') return parsePay(stripIllegal(pay))?.pay ?? null;
  return pay.min === null && pay.max === null ? null : pay;
}
