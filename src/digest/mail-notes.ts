import { parseQuery } from '../feed/filter.ts';
import type { Site } from '../feed/site.ts';
import { html } from '../http/html.ts';
import type { Rhythm } from '../store/digest/subscriptions.ts';
import { describeRhythm, WEEKDAYS } from './cadence.ts';
import { CONFIRM_HOURS } from './confirmations.ts';
import { jobsInWords } from './headline.ts';
import type { Links } from './links.ts';
import { type Mail, mailOf, wantedInWords, webUrl, whyThisMail } from './mail.ts';
import { entryOf } from './mail-entry.ts';
import { entryHtml, entryText } from './mail-jobs.ts';
import { button, look } from './mail-style.ts';
import { wrapped } from './plain-text.ts';
import type { Taste } from './taste.ts';

type Base = { site: Site; query: string; rhythm: Rhythm; postalAddress: string | null };

type Wish = Rhythm & { query: string };

type Asking = Omit<Base, 'query' | 'rhythm'> & { wishes: readonly Wish[]; link: string; taste: Taste | null; now: Date };

const BUTTON = 'Yes, start it';

/** Asks whether the address wants the mails, all that were asked for in one. Who does not answer gets none of them. */
export function confirmMail({ site, postalAddress, wishes, link, taste, now }: Asking): Mail {
  const wanted = wishes.map(wish => ({ what: wantedInWords(wish.query), when: describeRhythm(wish) }));
  const only = wishes.length === 1 ? wishes[0] : undefined;
  const heading = only
    ? `Start your ${only.every === 'daily' ? 'daily' : WEEKDAYS[only.weekday - 1]} job email?`
    : 'Start your job emails?';
  const who = `You (or somebody using your address) asked Ombre for ${only ? 'this' : `these ${wishes.length} emails`}:`;
  const press = `Opens a page with one button to press. The link works for ${CONFIRM_HOURS} hours.`;
  const shown = taste?.postings.map(posting => entryOf(posting, parseQuery(taste.query), { site, now })) ?? [];
  const tasting = taste && `What it will look like: ${ofAll(shown.length, taste.total)} open today`;
  const text = [
    wrapped(who),
    wanted.map(({ what, when }) => `${wrapped(what, '  ')}\n${wrapped(when, '  ')}`).join('\n\n'),
    `${BUTTON} (opens a page with one button to press):\n${link}`,
    `The link works for ${CONFIRM_HOURS} hours.`,
    ...(tasting ? [`== ${tasting} ==`, ...shown.map(entryText)] : []),
  ];
  const subject = only ? `Please confirm: ${jobsInWords(only.query)}` : `Please confirm your ${wishes.length} job emails`;
  return mailOf(subject, text, {
    site,
    postalAddress,
    links: null,
    heading,
    preheader: `${wanted.map(({ what }) => what).join('; ')}.${only && taste ? ` ${countWords(taste.total)} open today.` : ''}`,
    foot: ['Not you? Do nothing, and nothing more is sent.'],
    body: html`<p ${look('quiet')}>${who}</p>
${wanted.map(
  ({ what, when }) => html`<p ${look('asked')}><strong>${what}</strong><br>${when}</p>
`,
)}${button(link, BUTTON)}
<p ${look('small')}>${press}</p>
${
  tasting &&
  html`<h2 ${look('group')}>${tasting}</h2>
${shown.map(entry => entryHtml(entry, { taste: true }))}`
}`,
  });
}

function ofAll(shown: number, total: Taste['total']): string {
  if (shown < total.value) return `${shown} of the ${countWords(total)}`;
  return shown === 1 ? 'the one' : `the ${shown}`;
}

function countWords({ value, capped }: Taste['total']): string {
  return `${capped ? 'more than ' : ''}${value.toLocaleString('en-US')}`;
}

/** Says once that a filter has found nothing for a long time. */
export function quietMail({ site, query, rhythm, postalAddress, links, days }: Base & { links: Links; days: number }): Mail {
  const wanted = wantedInWords(query);
  const told = `Nothing new has matched “${wanted}” for ${days} days. You’ll hear from us as soon as something does. A wider search would find more.`;
  const ends = [
    { told: 'Change the search', url: links.manage },
    { told: 'See what it finds now', url: webUrl(site, query) },
  ];
  const heading = `No match for ${days} days`;
  return mailOf(`${heading}: your search may be too narrow`, [wrapped(told), ends.map(end => `${end.told}: ${end.url}`).join('\n')], {
    site,
    postalAddress,
    links,
    heading,
    preheader: 'We say this only once.',
    foot: [whyThisMail(query, rhythm)],
    body: html`<p ${look('quiet')}>${told}</p><p style="margin:16px 0">${ends.map((end, n) => html`${n > 0 && ' · '}<a href="${end.url}" ${look('link')}>${end.told}</a>`)}</p>`,
  });
}
