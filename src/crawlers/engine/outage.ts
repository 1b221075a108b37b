import { isMaintenanceAddress, isMaintenancePage, LOOKED_AT } from '../maintenance.ts';
import { decodeText } from './charset.ts';
import { redirectTarget } from './redirects.ts';
import type { Exchange, Reply } from './transport.ts';

/** An answer that stands in for the one that was due. `why` fails the request when the last try meets it too; null leaves the page to the adapter. */
export type Outage = { why: string | null };

/** What leads elsewhere for now. A 303 to everybody at once is how Workday answered in an outage (jobseek#5715), a 302 how Oracle did. */
const TEMPORARY = new Set([302, 303, 307]);

/**
 * Whether an answer to a request for JSON is a maintenance page or leads to one: as passing as a 503, though it comes with a 200 or a redirect.
 * Null for every other answer, and for requests that take HTML.
 * @param isFollowed whether a redirect to this address would be followed
 */
export function outageOf(exchange: Exchange, reply: Reply, isFollowed: (to: URL) => boolean): Outage | null {
  if (!wantsJson(exchange)) return null;
  const to = redirectTarget(reply.status, reply.headers.location, exchange.url);
  if (to) {
    if (isMaintenanceAddress(to)) return { why: `leads to a maintenance page (${to.host}${to.pathname})` };
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
  return isMaintenancePage(decodeText(bytes.subarray(0, LOOKED_AT), headers['content-type'] ?? ''));
}
