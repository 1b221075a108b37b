import { describeFilter } from '../feed/describe.ts';
import { parseQuery } from '../feed/filter.ts';
import { type Site, urlOf } from '../feed/site.ts';
import { titleLine } from '../feed/summary.ts';
import { type Html, html } from '../http/html.ts';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import { describeRhythm } from './cadence.ts';
import type { Links } from './links.ts';
import { DARK_QUERY, HIDDEN, look, STRIPE } from './mail-style.ts';
import { wrapped } from './plain-text.ts';

/** A mail before it is put into its MIME form. */
export type Mail = {
  subject: string;
  text: string;
  html: string;
  /** What it may be unsubscribed by with one click; null when it is of no list. */
  list: Links | null;
};

const SUBJECT_LENGTH = 120;
const PREHEADER_LENGTH = 200;

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

type Frame = {
  site: Site;
  postalAddress: string | null;
  preheader: string;
  heading: string;
  body: Html;
  links: Links | null;
  /** What the link that ends it says, where it ends more than one subscription. */
  stop?: string;
  /** Paragraphs of the foot: why this came, first. */
  foot: readonly string[];
};

/** A mail of what it says in both its forms, each with its foot; one with links is of a list. */
export function mailOf(subject: string, text: readonly string[], frame: Frame): Mail {
  const head = wrapped(frame.heading.toUpperCase());
  return { list: frame.links, subject, text: `${[head, ...text, foot(frame)].join('\n\n')}\n`, html: framed(frame) };
}

const STOP = 'Unsubscribe';

/** Of one subscription its page; of several the page of the first, which lists the others. */
function manageWords(stop: string): string {
  return stop === STOP ? 'Change or pause' : 'All your emails';
}

/** The frame around every mail: nothing is loaded from anywhere, and who reads in the dark gets dark colors. */
function framed({ site, postalAddress, preheader, heading, body, links, stop = STOP, foot: [why, ...more] }: Frame): string {
  const manage =
    links &&
    html`<br><a href="${links.manage}" ${look('link')}>${manageWords(stop)}</a> · <a href="${links.unsubscribe}" ${look('link')}>${stop}</a>`;
  return html`<!doctype html>
<html lang="en-US"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${heading}</title>
<style>${DARK_QUERY}</style></head>
<body ${look('page')}><div style="${HIDDEN}">${line(preheader, PREHEADER_LENGTH)}</div>
<div role="article" aria-roledescription="email" aria-label="${heading}" lang="en-US" ${look('all')}>
<a href="${site.origin}/" ${look('brand')}>Ombre</a>
${STRIPE}
<h1 ${look('head')}>${heading}</h1>
${body}
<div ${look('foot')}><p style="margin:0 0 12px">${why}${manage}</p>
${more.map(told => html`<p style="margin:0 0 12px">${told}</p>`)}${postalAddress && html`<p style="margin:0">${postalAddress}</p>`}</div>
</div></body></html>
`.html;
}

/** The foot of the text part. */
function foot({ postalAddress, links, stop = STOP, foot: [why = '', ...more] }: Frame): string {
  return [
    '-- ',
    wrapped(why),
    ...(links ? [`${manageWords(stop)}: ${links.manage}`, `${stop}: ${links.unsubscribe}`] : []),
    ...more.map(told => wrapped(told)),
    ...(postalAddress ? [wrapped(postalAddress)] : []),
  ].join('\n');
}

/** What was asked for, at the foot of all that follows from it. */
export function whyThisMail(query: string, rhythm: Rhythm): string {
  return `You asked for this and confirmed it: ${wantedInWords(query)}, ${describeRhythm(rhythm)}.`;
}

/** Where the same filter stands on the web. */
export function webUrl(site: Site, query: string): string {
  return urlOf(site, '/jobs', query);
}
