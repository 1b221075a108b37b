import { html } from '../api/html.ts';
import type { Site } from '../feed/site.ts';
import { CONFIRM_HOURS, type Rhythm } from '../store/subscriptions.ts';
import { describeRhythm } from './cadence.ts';
import type { Links } from './links.ts';
import { foot, framed, type Mail, wantedInWords, webUrl, whyThisMail } from './mail.ts';

type Base = { site: Site; query: string; rhythm: Rhythm; postalAddress: string | null };

/** Asks whether the address wants the mails. Nothing else is in it, and nobody gets another mail who does not answer. */
export function confirmMail({ site, query, rhythm, postalAddress, link }: Base & { link: string }): Mail {
  const wanted = `${wantedInWords(query)}, ${describeRhythm(rhythm)}`;
  const why = `Somebody, probably you, entered this address at ${site.origin}. If it was not you, do nothing: no more mail will come.`;
  const until = `The link works for ${CONFIRM_HOURS} hours.`;
  return {
    list: false,
    subject: 'Please confirm your Ombre subscription',
    text: [
      'You asked for a mail of new postings:',
      wanted,
      `To confirm, open this page and press the button: ${link}`,
      until,
      foot({ postalAddress, links: null, why }),
    ]
      .join('\n\n')
      .concat('\n'),
    html: framed({
      site,
      postalAddress,
      links: null,
      why,
      preheader: 'One click, and the mails begin.',
      heading: 'Please confirm your subscription',
      body: html`<p>You asked for a mail of new postings:</p><p><strong>${wanted}</strong></p><p><a href="${link}">Open the page with the button that confirms it</a></p><p>${until}</p>`,
    }),
  };
}

/** Says once that a filter has found nothing for a long time. */
export function quietMail({ site, query, rhythm, postalAddress, links, days }: Base & { links: Links; days: number }): Mail {
  const wanted = wantedInWords(query);
  const why = whyThisMail(query, rhythm);
  const told = `Nothing has matched “${wanted}” for ${days} days. Mails come as soon as something does; a wider filter would find more.`;
  return {
    list: true,
    subject: `No match for ${days} days: your filter may be too narrow`,
    text: [told, `Change the filter: ${links.manage}`, `What it shows now: ${webUrl(site, query)}`, foot({ postalAddress, links, why })]
      .join('\n\n')
      .concat('\n'),
    html: framed({
      site,
      postalAddress,
      links,
      why,
      preheader: 'This is said once.',
      heading: `No match for ${days} days`,
      body: html`<p>${told}</p><p><a href="${links.manage}">Change the filter</a> · <a href="${webUrl(site, query)}">What it shows now</a></p>`,
    }),
  };
}
