import { getDomain } from 'tldts';
import { hostPort } from './guard.ts';

/** What the rate limit counts as one host: the registrable domain, so that a platform's many sub-domains share one turn; host:port where there is none. */
export function hostKey(url: URL): string {
  return getDomain(url.hostname) ?? hostPort(url);
}
