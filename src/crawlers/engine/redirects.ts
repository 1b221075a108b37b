import { getDomain } from 'tldts';
import type { PageRequest } from '../adapter.ts';
import type { Exchange } from './transport.ts';

/** Most redirects of one request; robots.txt may take as many (RFC 9309). */
export const MAX_REDIRECTS = 5;

/** Where an answer leads, or null when it is no redirect or its Location cannot be read. The fragment is dropped. */
export function redirectTarget(status: number, location: string | undefined, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(status) || !location || !URL.canParse(location, from.href)) return null;
  const to = new URL(location, from.href);
  to.hash = '';
  return to;
}

/** True when `to` is as near to the first address as the request allows: the same host and port, or any host of the same registrable domain. */
export function isWithin(rule: NonNullable<PageRequest['redirects']>, first: URL, to: URL): boolean {
  if (rule === 'none') return false;
  if (first.hostname === to.hostname && first.port === to.port) return true;
  // Sub-domains of one hosting platform belong to different people: github.io is a suffix here.
  const site = getDomain(first.hostname, { allowPrivateDomains: true });
  return rule === 'site' && site !== null && site === getDomain(to.hostname, { allowPrivateDomains: true });
}

/** The request that follows a redirect, as browsers make it. Leaving the origin, everything the adapter sent along stays behind but what it accepts. */
export function follow(exchange: Exchange, status: number, to: URL): Exchange {
  const bodyless = status === 303 || ((status === 301 || status === 302) && exchange.method === 'POST');
  const headers = Object.fromEntries(
    Object.entries(exchange.headers).filter(([name]) => {
      if (bodyless && name === 'content-type') return false;
      return to.origin === exchange.url.origin || ABOUT_US.has(name);
    }),
  );
  return { ...exchange, url: to, headers, method: bodyless ? 'GET' : exchange.method, body: bodyless ? null : exchange.body };
}

const ABOUT_US = new Set(['user-agent', 'from', 'accept', 'accept-encoding', 'accept-language', 'content-type']);
