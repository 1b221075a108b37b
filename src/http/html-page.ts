import type { FastifyReply } from 'fastify';
import { FORMATS } from '../feed/render.ts';
import { type Site, urlOf } from '../feed/site.ts';
import { type Html, html } from './html.ts';

export const HTML_TYPE = 'text/html; charset=utf-8';

/** Sends a page as it is; without a word about caches nobody should keep it, as errors and answers to forms. */
export function sendHtml(reply: FastifyReply, status: number, { html: text }: Html, cacheControl = 'no-store'): FastifyReply {
  return reply.code(status).header('content-type', HTML_TYPE).header('cache-control', cacheControl).send(text);
}

/** The frame of every page. Nothing in it is inline script or style, and nothing comes from elsewhere: the policy in its headers allows neither. */
export function frame({ title, head, body }: { title: string; head: Html; body: Html }): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Ombre</title>
${head}</head>
<body>
${body}
</body>
</html>
`;
}

/** The feeds of a filter (a canonical query), for readers to discover. */
export function feedLinks(site: Site, { title, query }: { title: string; query: string }): Html[] {
  return [FORMATS.rss, FORMATS.atom, FORMATS.json].map(
    ({ path, type }) => html`<link rel="alternate" type="${type.split(';')[0]}" title="Ombre: ${title}" href="${urlOf(site, path, query)}">
`,
  );
}
