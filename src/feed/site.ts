import type { Config } from '../config.ts';

/** Where Ombre is reached (no trailing slash) and the domain of its permanent ids. Never taken from a request. */
export type Site = { origin: string; domain: string };

/** `port` is the one listened on, where PORT leaves it open. */
export function siteOf(config: Config, port: number = config.PORT): Site {
  return { origin: (config.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''), domain: config.FEED_DOMAIN };
}

/** Our own page of a posting. */
export function jobUrl(site: Site, id: string): string {
  return `${site.origin}/jobs/${encodeURIComponent(id)}`;
}

/** A path with a canonical query. */
export function urlOf(site: Site, path: string, query: string): string {
  return `${site.origin}${path}${query === '' ? '' : `?${query}`}`;
}
