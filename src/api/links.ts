import type { FastifyReply } from 'fastify';
import type { Site } from '../feed/site.ts';

/** A Link header (RFC 8288) of the relations that have a target. */
export function linkHeader(links: Record<string, string | null>): string {
  return Object.entries(links)
    .filter(([, url]) => url !== null)
    .map(([rel, url]) => `<${url}>; rel="${rel}"`)
    .join(', ');
}

/** Tells the one address of what is answered, whatever spelling it was asked for by: for caches, and for readers who keep addresses. */
export function tellAddress(reply: FastifyReply, site: Site, path: string, query: string): void {
  const address = query === '' ? path : `${path}?${query}`;
  reply.header('content-location', address).header('link', linkHeader({ canonical: `${site.origin}${address}` }));
}
