import type { Site } from '../feed/site.ts';
import { html } from '../http/html.ts';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import { CONFIRM_HOURS } from '../store/digest/wishes.ts';
import { describeRhythm } from './cadence.ts';
import type { Links } from './links.ts';
import { type Mail, mailOf, wantedInWords, webUrl, whyThisMail } from './mail.ts';

type Base = { site: Site; query: string; rhythm: Rhythm; postalAddress: string | null };

type Wish = Rhythm & { query: string };

/** Asks whether the address wants the mails, all that were asked for in one. Nothing else is in it, and who does not answer gets none of them. */
export function confirmMail({
  site,
  postalAddress,
  wishes,
  link,
}: Omit<Base, 'query' | 'rhythm'> & { wishes: readonly Wish[]; link: string }): Mail {
  const wanted = wishes.map(wish => `${wantedInWords(wish.query)}, ${describeRhythm(wish)}`);
  const [only] = wanted.length === 1 ? wanted : [];
  const asked = `You asked for ${only === undefined ? `${wanted.length} mails` : 'a mail'} of new postings:`;
  const why = `Somebody, probably you, entered this address at ${site.origin}. If it was not you, do nothing: no more mail will come.`;
  const until = `The link works for ${CONFIRM_HOURS} hours.`;
  return mailOf({
    site,
    postalAddress,
    links: null,
    why,
    list: false,
    subject: 'Please confirm your Ombre subscription',
    text: [asked, only ?? wanted.map(text => `* ${text}`).join('\n'), `To confirm, open this page and press the button: ${link}`, until],
    preheader: 'Open the link and press the button there, and the mails begin.',
    heading: 'Please confirm your subscription',
    body: html`<p>${asked}</p>${only === undefined ? html`<ul>${wanted.map(text => html`<li><strong>${text}</strong></li>`)}</ul>` : html`<p><strong>${only}</strong></p>`}<p>To confirm, open the page and press the button there:</p><p><a href="${link}">Open the confirmation page</a></p><p>${until}</p>`,
  });
}

/** Says once that a filter has found nothing for a long time. */
export function quietMail({ site, query, rhythm, postalAddress, links, days }: Base & { links: Links; days: number }): Mail {
  const wanted = wantedInWords(query);
  const why = whyThisMail(query, rhythm);
  const told = `Nothing has matched “${wanted}” for ${days} days. Mails come as soon as something does; a wider filter would find more.`;
  return mailOf({
    site,
    postalAddress,
    links,
    why,
    list: true,
    subject: `No match for ${days} days: your filter may be too narrow`,
    text: [told, `Change the filter: ${links.manage}`, `What it shows now: ${webUrl(site, query)}`],
    preheader: 'This is said once.',
    heading: `No match for ${days} days`,
    body: html`<p>${told}</p><p><a href="${links.manage}">Change the filter</a> · <a href="${webUrl(site, query)}">What it shows now</a></p>`,
  });
}
