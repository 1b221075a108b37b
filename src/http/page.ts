import type { FastifyReply } from 'fastify';
import { FORMATS } from '../feed/render.ts';
import { type Html, html } from './html.ts';

/** Sends a page with the status that was set before. */
export function sendPage(reply: FastifyReply, { html: text }: Html): FastifyReply {
  return reply.header('content-type', 'text/html; charset=utf-8').header('cache-control', 'public, max-age=60').send(text);
}

/** A whole page; `query` is the filter its feeds are of. */
export function page(title: string, query: string, body: Html): Html {
  const feeds = [FORMATS.rss, FORMATS.atom, FORMATS.json].map(
    ({ path, type }) =>
      html`<link rel="alternate" type="${type.split(';')[0]}" title="Ombre: ${title}" href="${path}${query && `?${query}`}">`,
  );
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} | Ombre</title>
<link rel="stylesheet" href="/style.css">${feeds}</head><body><header><a href="/">Ombre</a></header><main><h1>${title}</h1>
${body}
</main></body></html>
`;
}
