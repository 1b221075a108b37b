import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Html, html } from '../http/html.ts';
import { frame, sendHtml } from '../http/html-page.ts';
import { auditRow } from '../store/desk/audit.ts';
import { assetUrl } from '../web/assets.ts';
import type { Desk } from './context.ts';
import { sessionOf } from './session.ts';
import { DESK_STYLE } from './style.ts';

type DeskPage = {
  title: string;
  /** The link of the navigation that the page belongs to. */
  section?: string;
  /** What stands below the title. */
  body: Html;
  status?: number;
};

/** Sends a page of the desk. After an action (see `done`) it says above everything what was done. */
export async function sendPage(request: FastifyRequest, reply: FastifyReply, desk: Desk, page: DeskPage): Promise<FastifyReply> {
  return sendHtml(
    reply,
    page.status ?? 200,
    deskPage(request, desk, { ...page, body: html`${await doneNote(request, desk)}${page.body}` }),
  );
}

/** Leads back to a page, which will tell the change of this number in the audit. */
export function done(reply: FastifyReply, path: string, auditId: number): FastifyReply {
  return reply.redirect(`${path}?done=${auditId}`, 303);
}

/** The note is read from the audit, so that no link can make the desk say what did not happen. */
async function doneNote({ query }: FastifyRequest, { db }: Desk): Promise<Html | false> {
  const id = /^[1-9]\d{0,8}$/.exec(String((query as { done?: unknown }).done ?? ''))?.[0];
  const row = id === undefined ? undefined : await auditRow(db, Number(id));
  return (
    row !== undefined &&
    html`<p class="done" role="status">Done: <strong>${row.what}</strong>${row.target && html` on ${row.target}`}, number ${row.id} in the <a href="/admin/audit">audit</a>.</p>`
  );
}

/** A page with the navigation of the desk. */
function deskPage(request: FastifyRequest, desk: Desk, { title, section, body }: DeskPage): Html {
  const here = request.url.split('?')[0];
  const links = desk.nav.map(
    ({ href, label }) =>
      html`<li><a href="${href}"${href === section && html` aria-current="${href === here ? 'page' : 'true'}"`}>${label}</a></li>`,
  );
  return whole(
    title,
    html`<nav class="desk-nav" aria-label="Desk"><div class="wide"><ul>${links}</ul>${postForm(request, '/admin/logout', html`<button class="quiet">Log out</button>`)}</div></nav>`,
    body,
  );
}

/** A page for whoever is not logged in. */
export function outsidePage(title: string, body: Html): Html {
  return whole(title, false, body);
}

/** A form that changes something: it carries the token of its session. */
export function postForm(request: FastifyRequest, action: string, body: Html): Html {
  return html`<form method="post" action="${action}"><input type="hidden" name="csrf" value="${sessionOf(request).csrf}">${body}</form>`;
}

/** A table that scrolls by itself where it is wider than the screen. Each row is its cells, the first of which names it. */
export function deskTable(label: string, head: readonly string[], rows: readonly (readonly (Html | string | number | null)[])[]): Html {
  return html`<div class="scroll" role="region" aria-label="${label}" tabindex="0"><table class="desk-table"><caption class="sr">${label}</caption>
<thead><tr>${head.map(name => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first = '', ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map(tableCell)}</tr>
`,
  )}</tbody></table></div>`;
}

/** From so many characters on it is a sentence. */
const SAID = 40;

function tableCell(cell: Html | string | number | null): Html {
  const isSaid =
    (typeof cell === 'string' ? cell : typeof cell === 'object' && cell ? cell.html.replaceAll(/<[^>]*>/g, '') : '').length >= SAID;
  return html`<td${isSaid && html` class="said"`}>${cell}</td>`;
}

/** A moment to the minute, UTC, as `2026-11-29 20:15`. */
export function moment(date: Date): Html {
  const text = date.toISOString();
  return html`<time datetime="${text}">${text.slice(0, 16).replace('T', ' ')}</time>`;
}

function whole(title: string, nav: Html | false, body: Html): Html {
  const head = html`<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" type="image/svg+xml" href="${assetUrl('favicon.svg')}">
<link rel="stylesheet" href="${assetUrl('style.css')}">
<link rel="stylesheet" href="${DESK_STYLE.url}">
`;
  return frame({
    title: `${title} · Desk`,
    head,
    body: html`<a class="skip" href="#main">Skip to the content</a>
<header class="top"><div class="wide"><a class="brand" href="/admin"><span class="mark" aria-hidden="true"></span>Ombre</a><span class="muted">Operator’s desk</span></div></header>
${nav}
<main id="main" tabindex="-1"><div class="wide page desk"><h1>${title}</h1>
${body}
</div></main>
<footer class="bottom"><div class="wide"><p><a href="/">The site as readers see it</a></p></div></footer>`,
  });
}
