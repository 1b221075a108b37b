import type { Evidence } from '../classify/classification.ts';
import { annualise } from '../posting/pay.ts';
import type { Pay } from '../posting/posting.ts';
import type { Credential } from '../posting/taxonomy.ts';
import type { FeedPosting, PostingDetail } from '../store/feed/postings.ts';
import type { Explanation, PostingDetailView, PostingView } from './posting-schema.ts';
import { jobUrl, type Site } from './site.ts';

const SHOWN_EVIDENCE = 2;
const SHOWN_LENGTH = 160;

/** The public shape of a posting: the same in the API, the `_ombre` part of JSON Feed and the command line. */
export function postingView(posting: FeedPosting, site: Site): PostingView {
  return {
    id: posting.id,
    title: posting.title,
    company: posting.company,
    department: posting.department,
    places: posting.places,
    states: posting.states,
    work_mode: posting.work_mode,
    pay: posting.pay && { ...posting.pay, per_year: perYear(posting.pay) },
    employment_types: posting.employment_types,
    relevance: posting.relevance,
    confidence: hundredths(posting.confidence),
    paths: posting.paths,
    roles: posting.roles,
    verdicts: verdictsView(posting),
    facets: facetsView(posting),
    posted_at: posting.posted_at && {
      value: dateText(posting.posted_at, posting.posted_precision ?? 'day'),
      precision: posting.posted_precision ?? 'day',
      from: posting.posted_from,
    },
    closes_at: posting.closes_at?.toISOString() ?? null,
    first_seen: posting.first_seen.toISOString(),
    updated_at: posting.updated_at.toISOString(),
    closed_at: posting.closed_at?.toISOString() ?? null,
    closed_reason: posting.closed_reason,
    source: posting.source,
    url: posting.url,
    apply_url: posting.apply_url,
    links: { self: `${site.origin}/api/v1/postings/${encodeURIComponent(posting.id)}`, html: jobUrl(site, posting.id) },
  };
}

/** One posting alone: also when it was last seen, and what it is a duplicate of. */
export function detailView(posting: PostingDetail, site: Site): PostingDetailView {
  return { ...postingView(posting, site), last_seen: posting.last_seen.toISOString(), duplicate_of: posting.duplicate_of };
}

/** Why: every tag with its rule and the words that decided, and the text that their offsets point into. */
export function explainView(posting: PostingDetail): Explanation {
  return {
    rules_version: posting.rules_version,
    tags: posting.tags.map(tag => ({ ...tag, confidence: hundredths(tag.confidence) })),
    text: posting.text,
  };
}

/** Base pay as pay per year, in whole units. Null for pay per visit, which no year can be made of. */
export function perYear(pay: Pay): { min: number | null; max: number | null } | null {
  const year = annualise(pay);
  const whole = (value: number | null) => (value === null ? null : Math.round(value));
  return year && { min: whole(year.min), max: whole(year.max) };
}

/** The deciding words, short: whitespace as one space, cut at a limit. */
export function shortEvidence(evidence: readonly Evidence[]): string[] {
  const words = evidence.map(({ text }) => text.replace(/\s+/g, ' ').trim()).filter(text => text !== '');
  return [...new Set(words)]
    .slice(0, SHOWN_EVIDENCE)
    .map(text => (text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 1).trimEnd()}…` : text).toWellFormed());
}

function verdictsView({ verdicts }: FeedPosting) {
  if (!verdicts) return null;
  const told = (credential: Credential) => {
    const { verdict, confidence, rule, evidence } = verdicts[credential];
    return { verdict, confidence: hundredths(confidence), rule, evidence: shortEvidence(evidence) };
  };
  return { OT: told('OT'), OTA: told('OTA'), PT: told('PT'), PTA: told('PTA'), SLP: told('SLP') };
}

const hundredths = (share: number | null): number | null => share && Math.round(share * 100) / 100;

/** The facets that are not told elsewhere in the view. */
function facetsView({ facets }: FeedPosting) {
  return {
    min_years: facets.min_years ?? null,
    caseload: facets.caseload ?? false,
    certifications: facets.certifications ?? [],
    patient_contact: facets.patient_contact ?? null,
    travel_percent: facets.travel_percent ?? null,
    states: facets.states ?? [],
    degree: facets.degree ?? null,
    lifting_pounds: facets.lifting_pounds ?? null,
    seniority: facets.seniority ?? null,
  };
}

/** A date no more exact than it was stated. */
function dateText(date: Date, precision: 'time' | 'day' | 'month'): string {
  const text = date.toISOString();
  return precision === 'time' ? text : text.slice(0, precision === 'day' ? 10 : 7);
}
