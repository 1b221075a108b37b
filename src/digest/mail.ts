import { describeFilter } from '../feed/describe.ts';
import { parseQuery } from '../feed/filter.ts';
import { type Site, urlOf } from '../feed/site.ts';
import { titleLine } from '../feed/summary.ts';
import { type Html, html } from '../http/html.ts';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import { describeRhythm } from './cadence.ts';
import type { Links } from './links.ts';

/** A mail before it is put into its MIME form. */
export type Mail = {
  subject: string;
  text: string;
  html: string /** Whether it may be unsubscribed from with one click. */;
  list: boolean;
};

const SUBJECT_LENGTH = 120;

/** Text of somebody else on one line: no controls, no direction overrides, cut at a length. */
export function line(text: string, most: number): string {
  const clean = titleLine({ title: text, company: null });
  return (clean.length > most ? `${clean.slice(0, most - 1).trimEnd()}…` : clean).toWellFormed();
}

export function subjectLine(text: string): string {
  return line(text, SUBJECT_LENGTH);
}

/** What the filter of a subscription asks for, in words. */
export function wantedInWords(query: string): string {
  return line(describeFilter(parseQuery(query)), 200);
}

type Frame = { site: Site; postalAddress: string | null; preheader: string; heading: string; body: Html; links: Links | null; why: string };

const BODY = 'margin:0;padding:0;font:16px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const HIDDEN = 'display:none;max-height:0;overflow:hidden;mso-hide:all';

/** A mail in both its forms: the paragraphs of the text with the foot behind them, and the body in its frame. */
export function mailOf({ list, subject, text, ...frame }: Frame & Pick<Mail, 'list' | 'subject'> & { text: readonly string[] }): Mail {
  return { list, subject, text: `${[...text, foot(frame)].join('\n\n')}\n`, html: framed(frame) };
}

/** The frame around every mail: no remote image, no script, colours left to the reader's program in the dark. */
function framed({ site, postalAddress, preheader, heading, body, links, why }: Frame): string {
  const manage =
    links &&
    html`<p style="margin:8px 0"><a href="${links.manage}">Change or pause this mail</a> · <a href="${links.unsubscribe}">Unsubscribe</a></p>`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${heading}</title></head>
<body style="${BODY}"><div style="${HIDDEN}">${preheader}</div>
<div role="article" aria-roledescription="email" lang="en" style="max-width:600px;margin:0 auto;padding:16px">
<p style="margin:0 0 16px"><a href="${site.origin}/" style="font-weight:bold;text-decoration:none">Ombre</a></p>
<h1 style="font-size:20px;line-height:1.3;margin:0 0 16px">${heading}</h1>
${body}
<hr style="border:0;border-top:1px solid #999999;margin:24px 0 12px">
<div style="font-size:13px"><p style="margin:8px 0">${why}</p>
${manage}${postalAddress && html`<p style="margin:8px 0">${postalAddress}</p>`}</div>
</div></body></html>
`.html;
}

/** The foot of the text part. */
function foot({ postalAddress, links, why }: Pick<Frame, 'postalAddress' | 'links' | 'why'>): string {
  return [
    '-- ',
    why,
    ...(links ? [`Change or pause this mail: ${links.manage}`, `Unsubscribe: ${links.unsubscribe}`] : []),
    ...(postalAddress ? [postalAddress] : []),
  ].join('\n');
}

export function whyThisMail(query: string, rhythm: Rhythm): string {
  return `You get this because you asked for “${wantedInWords(query)}”, ${describeRhythm(rhythm)}, and confirmed it.`;
}

/** Where the same filter stands on the web. */
export function webUrl(site: Site, query: string): string {
  return urlOf(site, '/jobs', query);
}
