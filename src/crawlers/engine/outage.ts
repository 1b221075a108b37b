import { decodeText } from './charset.ts';
import { redirectTarget } from './redirects.ts';
import type { Exchange, Reply } from './transport.ts';

/** An answer that stands in for the one that was due. `why` fails the request when the last try meets it too; null leaves the page to the adapter. */
export type Outage = { why: string | null };

/** What leads elsewhere for now. A 303 to everybody at once is how Workday answered in an outage (jobseek#5715), a 302 how Oracle did. */
const TEMPORARY = new Set([302, 303, 307]);
const MAINTENANCE_ADDRESS = /\b(?:maintenance|outage|unavailable|out-?of-?service)\b/i;
/** What pages that stand in for a service say of it. Job titles (`Maintenance Technician`) must not match. */
const MAINTENANCE_WORDS = new RegExp(
  [
    /(?:under(?:going)?|down for) (?:[a-z]+ ){0,2}maintenance/,
    /(?:scheduled|planned|system) maintenance/,
    /maintenance (?:page|mode|window|in progress)/,
    /(?:temporarily|currently) (?:unavailable|offline|down|out of service)/,
    /service (?:interruption|outage|(?:is )?unavailable)/,
    /be (?:right )?back (?:soon|shortly|online)/,
    /technical difficulties/,
  ]
    .map(words => words.source)
    .join('|'),
  'i',
);
/** A maintenance page is short; a longer one with its words is about something else. */
const SHORT_TEXT = 3_000;
const READ_BYTES = 200_000;

/**
 * Whether an answer to a request for JSON is a maintenance page or leads to one: as passing as a 503, though it comes with a 200 or a redirect.
 * Null for every other answer, and for requests that take HTML.
 * @param isFollowed whether a redirect to this address would be followed
 */
export function outageOf(exchange: Exchange, reply: Reply, isFollowed: (to: URL) => boolean): Outage | null {
  if (!wantsJson(exchange)) return null;
  const to = redirectTarget(reply.status, reply.headers.location, exchange.url);
  if (to) {
    if (MAINTENANCE_ADDRESS.test(to.host + to.pathname)) return { why: `leads to a maintenance page (${to.host}${to.pathname})` };
    return TEMPORARY.has(reply.status) && !isFollowed(to) ? { why: null } : null;
  }
  return reply.status === 200 && saysMaintenance(reply) ? { why: 'answers with a maintenance page' } : null;
}

function wantsJson({ headers }: Exchange): boolean {
  const accept = headers.accept ?? '';
  return accept.includes('json') && !accept.includes('html');
}

function saysMaintenance({ headers, bytes }: Reply): boolean {
  // JSON is told by its first sign, and need not be decoded here.
  const first = bytes.subarray(0, 100).find(byte => byte > 0x20 && byte < 0x80);
  if (first !== 0x3c) return false;
  return isMaintenancePage(decodeText(bytes.subarray(0, READ_BYTES), headers['content-type'] ?? ''));
}

/** Whether a body is a short page that says its service is away for a while. */
export function isMaintenancePage(body: string): boolean {
  if (!/^[\uFEFF\s]*</.test(body)) return false;
  const text = body
    .slice(0, READ_BYTES)
    .replace(/<(script|style|svg)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&nbsp;|\s+/g, ' ');
  return text.length <= SHORT_TEXT && MAINTENANCE_WORDS.test(text);
}
