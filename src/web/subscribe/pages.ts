import { describeRhythm } from '../../digest/cadence.ts';
import { wantedInWords, webUrl } from '../../digest/mail.ts';
import type { Rest } from '../../digest/rest.ts';
import { CONSENT } from '../../digest/subscribe.ts';
import type { Site } from '../../feed/site.ts';
import { type Html, html } from '../../http/html.ts';
import type { Subscription } from '../../store/digest/subscriptions.ts';
import { jobCard } from '../view/job-card.ts';
import { privateLayout } from '../view/layout.ts';
import { changeForm, wholeSubscribeForm } from '../view/subscribe-form.ts';

/** The same for every address, known or not. Without a mail server (`sent` is false) it says so. */
export function askedPage(sent: boolean): Html {
  if (!sent)
    return privateLayout(
      'Nothing was sent',
      html`<p>This installation has no mail server. The message with the link lies in the outbox folder of its operator; the mails begin when that link was opened and its button pressed.</p><p><a href="/">Back to the jobs</a></p>`,
    );
  return privateLayout(
    'Look into your mailbox',
    html`<p>If this address can get mail from us, a message with a link is on its way. Open the link and press the button: only then do the mails begin.</p>
<p>Nothing there after some minutes? Look among the junk. If you have asked for several, one message may be about all of them; the next one comes after an hour at the earliest.</p><p><a href="/">Back to the jobs</a></p>`,
  );
}

export function subscribePage(query: string, told: string | null): Html {
  return privateLayout(
    'Mail me the new ones',
    html`${told && html`<p role="alert"><strong>${told}</strong></p>`}
${query !== '' && html`<p>New postings of: <strong>${wantedInWords(query)}</strong></p>`}
${wholeSubscribeForm(query)}`,
  );
}

/** What was asked for in the name of an address; of several wishes, those to leave out can be unticked. */
export function confirmPage(wishes: readonly Subscription[]): Html {
  const told = ({ query, ...rhythm }: Subscription) =>
    html`New postings of <strong>${wantedInWords(query)}</strong>, ${describeRhythm(rhythm)}.`;
  const shown = wishes.map(({ id }) => html`<input type="hidden" name="shown" value="${id}">`);
  const only = wishes.length === 1 ? wishes[0] : undefined;
  return privateLayout(
    'Confirm your subscription',
    only
      ? html`<p>${told(only)}</p><p>${CONSENT.text}</p>
<form method="post">${shown}<input type="hidden" name="wish" value="${only.id}"><button type="submit">Yes, mail me</button></form>`
      : html`<p>These were asked for. Untick what you do not want.</p><form method="post">${shown}
${wishes.map(wish => html`<p><label><input type="checkbox" name="wish" value="${wish.id}" checked> ${told(wish)}</label></p>`)}
<p>${CONSENT.text}</p><button type="submit">Yes, mail me</button></form>`,
  );
}

/** `manage` makes the link of a subscription. */
export function confirmedPage(done: readonly Subscription[], manage: (subscription: Subscription) => string): Html {
  if (done.length === 0)
    return privateLayout('Nothing was confirmed', html`<p>You unticked everything, so no mail comes. <a href="/">To the jobs</a></p>`);
  return privateLayout(
    'You are subscribed',
    html`${done.map(subscription => html`<p>New postings of <strong>${wantedInWords(subscription.query)}</strong> come ${describeRhythm(subscription)}. <a href="${manage(subscription)}">Change or pause it</a></p>`)}`,
  );
}

/** The postings that a mail told but did not show, or all of it. */
export function restPage(site: Site, { query, postings, open, closed, next }: Rest, now: Date): Html {
  const count = open === 1 ? '1 posting' : `${open} postings`;
  return privateLayout(
    `${count} of your mail`,
    html`<p>New postings of <a href="${webUrl(site, query)}">${wantedInWords(query)}</a>${closed > 0 && `; ${closed} more ${closed === 1 ? 'is' : 'are'} no longer listed`}.</p>
<ul class="jobs">${postings.map(posting => html`<li>${jobCard(posting, now)}</li>`)}</ul>${next && html`<p><a href="?after=${encodeURIComponent(next)}">More of them</a></p>`}`,
  );
}

export function goneLinkPage(): Html {
  return privateLayout(
    'This link does not work any more',
    html`<p>It was used before, or its time is over. <a href="/subscribe">Subscribe again</a></p>`,
  );
}

/** For a link that was cut or copied wrong: whatever else we said of it would be untrue. */
export function brokenLinkPage(): Html {
  return privateLayout(
    'This link is not whole',
    html`<p>Nothing was ended and nothing was changed: the link is not one of ours, or a part of it is missing. Open the link in the mail once more, or copy all of it.</p>`,
  );
}

export function goneMailPage(): Html {
  return privateLayout(
    'This mail is not kept any more',
    html`<p>What it told is deleted some time after. <a href="/jobs">To the jobs</a></p>`,
  );
}

export function unsubscribePage(): Html {
  return privateLayout(
    'Unsubscribe',
    html`<p>Press the button, and no more of these mails come.</p><form method="post"><button type="submit">Unsubscribe</button></form>`,
  );
}

export function unsubscribedPage(): Html {
  return privateLayout('You are unsubscribed', html`<p>No more of these mails come. <a href="/">To the jobs</a></p>`);
}

export function erasedPage(): Html {
  return privateLayout(
    'Your data is deleted',
    html`<p>Nothing is left but a keyed mark of your address, so that no mail goes there by mistake.</p>`,
  );
}

const STATES: Record<Subscription['state'], string> = {
  pending: 'not confirmed',
  active: 'active',
  unsubscribed: 'ended by you',
  bounced: 'ended, because the mails came back',
  complained: 'ended, because the mails were reported as unwanted',
};

/** What the owner of a subscription may do. `action` tells the buttons apart. */
export function managePage(site: Site, subscription: Subscription, told: string | null): Html {
  const { query, state, paused_at } = subscription;
  const active = state === 'active';
  const button = (action: string, label: string) =>
    html`<form method="post"><input type="hidden" name="action" value="${action}"><button type="submit">${label}</button></form>`;
  return privateLayout(
    'Your subscription',
    html`${told && html`<p role="status"><strong>${told}</strong></p>`}
<p>New postings of <a href="${webUrl(site, query)}">${wantedInWords(query)}</a>, ${describeRhythm(subscription)}. It is ${paused_at && active ? 'paused' : STATES[state]}.</p>
${
  active &&
  html`<h2>Change it</h2>${changeForm(query, subscription)}
<h2>Stop it</h2>${paused_at ? button('resume', 'Go on') : button('pause', 'Pause')}${button('unsubscribe', 'Unsubscribe')}`
}
<h2>Your data</h2><p>We keep your address, this filter and rhythm, when and how you agreed, and which postings you were told of. Nothing about opening or clicking is measured.</p>
<p><a href="?export=1" download>Download it (JSON)</a></p>
<form method="post"><input type="hidden" name="action" value="erase"><p><label><input type="checkbox" name="sure" value="1" required> Delete every subscription of my address and all that is kept of them</label></p><button type="submit">Delete my data</button></form>`,
  );
}
