import { describeRhythm } from '../../digest/cadence.ts';
import { wantedInWords, webUrl } from '../../digest/mail.ts';
import type { Site } from '../../feed/site.ts';
import { type Html, html } from '../../http/html.ts';
import type { Subscription } from '../../store/digest/subscriptions.ts';
import { at } from '../filter-query.ts';
import { privateLayout } from '../view/layout.ts';
import { changeForm } from '../view/subscribe-form.ts';

/** What a button has done, by its action. */
export const DONE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    save: 'Saved.',
    pause: 'Paused. Nothing comes until you resume.',
    resume: 'Your emails are on again.',
    unsubscribe: 'You’re unsubscribed from this email.',
    'unsubscribe-all': 'You’re unsubscribed from all your emails.',
  }),
);

const STATES: Record<Subscription['state'], string> = {
  pending: 'not confirmed yet',
  active: 'on',
  unsubscribed: 'off: you unsubscribed',
  bounced: 'off, because the emails came back to us',
  complained: 'off, because an email was reported as spam',
};

type Shown = {
  told: string | null;
  /** The filter as it was just given, when something is wrong with it. */
  query?: string;
  /** Other subscriptions of the address, with the links to their pages. */
  others: readonly (Subscription & { manage: string })[];
};

/** What the owner of a subscription may do. `action` tells the buttons apart. */
export function managePage(site: Site, subscription: Subscription, { told, query: given, others }: Shown): Html {
  const { query, state, paused_at } = subscription;
  const active = state === 'active';
  return privateLayout(
    'Your job email',
    html`${told && html`<p role="status"><strong>${told}</strong></p>`}
<p><a href="${webUrl(site, query)}">${wantedInWords(query)}</a>, ${describeRhythm(subscription)}. It is ${paused_at && active ? 'paused' : STATES[state]}.</p>
${
  active
    ? html`<h2>Change it</h2>${changeForm(given ?? query, subscription)}
<h2>Take a break, or stop</h2><div class="buttons">${paused_at ? button('resume', 'Resume') : button('pause', 'Pause')}${button('unsubscribe', 'Unsubscribe')}${others.length > 0 && button('unsubscribe-all', 'Unsubscribe from all my emails')}</div>`
    : html`<p>Changed your mind? <a href="${at('/subscribe', query)}">Subscribe again</a>, or <a href="${webUrl(site, query)}">see the jobs</a>.</p>`
}
${
  others.length > 0 &&
  html`<h2>Your other emails</h2><ul>${others.map(
    other =>
      html`<li>${wantedInWords(other.query)}, ${describeRhythm(other)}${other.paused_at && ' (paused)'}. <a href="${other.manage}">Change or stop it</a></li>`,
  )}</ul>${!active && html`<div class="buttons">${button('unsubscribe-all', 'Unsubscribe from all my emails')}</div>`}`
}
<h2>Your data</h2><p>We keep your address, this search and schedule, when and how you agreed, and which jobs we told you about. We don’t track whether you open an email or click in it.</p>
<p><a href="?export=1" download>Download it (JSON)</a></p>
<form method="post"><input type="hidden" name="action" value="erase"><label class="box"><input type="checkbox" name="sure" value="1" required> Stop all my emails and delete everything kept about my address</label><button type="submit" class="quiet">Delete my data</button></form>`,
  );
}

function button(action: string, label: string): Html {
  return html`<form method="post"><input type="hidden" name="action" value="${action}"><button type="submit" class="quiet">${label}</button></form>`;
}
