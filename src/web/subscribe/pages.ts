import { describeRhythm } from '../../digest/cadence.ts';
import { wantedInWords, webUrl } from '../../digest/mail.ts';
import type { Rest } from '../../digest/rest.ts';
import { CONSENT_TEXT } from '../../digest/subscribe.ts';
import type { Site } from '../../feed/site.ts';
import { type Html, html } from '../../http/html.ts';
import type { MailSection } from '../../store/digest/sections.ts';
import type { Subscription } from '../../store/digest/subscriptions.ts';
import { at } from '../filter-query.ts';
import { jobCard } from '../view/job-card.ts';
import { privateLayout } from '../view/layout.ts';
import { wholeSubscribeForm } from '../view/subscribe-form.ts';
import { plural } from '../view/words.ts';

/** Where mails go: to people, into a folder of the operator, or into the mailbox of a demo, which has a page. */
export type MailWay = { sends: boolean; mailbox: string | null };

/** The same for every address, known or not. Without a mail server it says where the mail is instead. */
export function askedPage(query: string, { sends, mailbox }: MailWay): Html {
  const back = html`<p><a href="${at('/jobs', query)}">Back to the jobs</a></p>`;
  if (mailbox !== null)
    return privateLayout(
      'Check the demo’s mailbox',
      html`<p>A demo sends nothing. In a few seconds the message that asks you to confirm is in <a href="${mailbox}">the demo’s mailbox</a>. Open it and press the button: only then do the emails start.</p>${back}`,
    );
  if (!sends)
    return privateLayout(
      'Nothing was sent',
      html`<p>This installation has no mail server. The message with the link is in the outbox folder of whoever runs it; the emails start when that link is opened and its button pressed.</p>${back}`,
    );
  return privateLayout(
    'Check your email',
    html`<p>If this address can get email from us, a message is on its way. Open it and press the button: only then do the emails start.</p>
<p>Nothing after a few minutes? Look in your spam folder. If you asked for more than one email, one message may ask about all of them; the next one comes after an hour at the earliest.</p>${back}`,
  );
}

export function subscribePage(query: string, told: string | null): Html {
  return privateLayout(
    'Email me new jobs',
    html`${told && html`<p role="alert"><strong>${told}</strong></p>`}${wholeSubscribeForm(query)}`,
  );
}

/** What was asked for in the name of an address; of several wishes, those to leave out can be unticked. */
export function confirmPage(wishes: readonly Subscription[]): Html {
  const told = ({ query, ...rhythm }: Subscription) => html`<strong>${wantedInWords(query)}</strong>, ${describeRhythm(rhythm)}`;
  const shown = wishes.map(({ id }) => html`<input type="hidden" name="shown" value="${id}">`);
  const only = wishes.length === 1 ? wishes[0] : undefined;
  return privateLayout(
    'One last press',
    html`<form method="post">${shown}
${
  only
    ? html`<p>${told(only)}.</p><input type="hidden" name="wish" value="${only.id}">`
    : html`<fieldset class="boxes"><legend>You asked for these. Uncheck what you don’t want.</legend>${wishes.map(
        wish => html`<label class="box"><input type="checkbox" name="wish" value="${wish.id}" checked> <span>${told(wish)}</span></label>`,
      )}</fieldset>`
}
<p class="note consent">${CONSENT_TEXT}</p><button type="submit">Start my email${!only && 's'}</button></form>`,
  );
}

/** `manage` makes the link of a subscription; `others`: the address has further ones. */
export function confirmedPage(
  { sends, mailbox }: MailWay,
  done: readonly Subscription[],
  { manage, others }: { manage: (subscription: Subscription) => string; others: boolean },
): Html {
  if (done.length === 0)
    return privateLayout('Nothing was started', html`<p>You unchecked everything, so no email comes. <a href="/jobs">See the jobs</a></p>`);
  const where = mailbox !== null && html` Look in <a href="${mailbox}">the demo’s mailbox</a>.`;
  const first = `${sends ? 'If there are matches from the last two weeks, your first email comes' : 'If there are matches from the last two weeks, the first email is written'} within a few minutes. After that, you hear from us only when there is something new.${others ? ' A job that another email of yours told you about isn’t told again.' : ''}`;
  return privateLayout(
    'You’re subscribed',
    html`${done.map(
      subscription => html`<p><strong>${wantedInWords(subscription.query)}</strong>, ${describeRhythm(subscription)}.</p>
<p><a href="${at('/jobs', subscription.query)}">See what’s open now</a> · <a href="${manage(subscription)}">Change or pause</a></p>`,
    )}<p>${first}${where}</p>`,
  );
}

/** The postings that a mail told but did not show, or all of it. */
export function restPage(site: Site, { queries, postings, open, closed, next }: Rest, now: Date): Html {
  return privateLayout(
    `${plural(open, 'job')} from your email`,
    html`<p>New jobs for ${queries.map((query, n) => html`${n > 0 && '; '}<a href="${webUrl(site, query)}">${wantedInWords(query)}</a>`)}${closed > 0 && `; ${closed} more ${closed === 1 ? 'is' : 'are'} no longer listed`}.</p>
<ul class="jobs">${postings.map(posting => html`<li>${jobCard(posting, now)}</li>`)}</ul>${next && html`<p><a href="?after=${encodeURIComponent(next)}">More of them</a></p>`}`,
  );
}

export function goneLinkPage(): Html {
  return privateLayout(
    'This link no longer works',
    html`<p>It was used before, or its time ran out. <a href="/subscribe">Subscribe again</a></p>`,
  );
}

/** For a link that was cut or copied wrong: whatever else we said of it would be untrue. */
export function brokenLinkPage(): Html {
  return privateLayout(
    'This link is incomplete',
    html`<p>Nothing was stopped and nothing was changed: the link isn’t one of ours, or part of it is missing. Open the link in the email again, or copy all of it.</p>`,
  );
}

export function goneMailPage(): Html {
  return privateLayout(
    'We no longer have this email',
    html`<p>What an email told is deleted after a while. <a href="/jobs">See the jobs</a></p>`,
  );
}

export function unsubscribePage(): Html {
  return privateLayout(
    'Unsubscribe',
    html`<p>Press a button, and the emails stop.</p><div class="buttons">${endButton('one', 'Unsubscribe', null)}${endButton('all', 'Unsubscribe from all my emails', 'quiet')}</div>`,
  );
}

/** The same for a mail of several filters: which ones it ends. */
export function unsubscribeMailPage(sections: readonly MailSection[]): Html {
  const on = sections.filter(({ state }) => state === 'active');
  if (on.length === 0) return unsubscribedPage();
  const these = on.length === 1 ? 'Unsubscribe' : `Unsubscribe from these ${on.length}`;
  return privateLayout(
    'Unsubscribe',
    html`<p>Your email told of ${on.length === 1 ? 'this search' : `these ${on.length} searches`}:</p>
<ul>${on.map(({ query, ...rhythm }) => html`<li>${wantedInWords(query)}, ${describeRhythm(rhythm)}</li>`)}</ul>
<p>Press a button, and the emails stop. To stop just one of them, use the links below its name in the email.</p>
<div class="buttons">${endButton('these', these, null)}${endButton('all', 'Unsubscribe from all my emails', 'quiet')}</div>`,
  );
}

function endButton(which: string, label: string, look: string | null): Html {
  return html`<form method="post"><input type="hidden" name="which" value="${which}"><button type="submit"${look && html` class="${look}"`}>${label}</button></form>`;
}

/** For the one link that cannot work when the mail is forgotten: what it told is how its subscriptions were known. */
export function oldMailPage(): Html {
  return privateLayout(
    'We no longer have this email',
    html`<p>Nothing was stopped and nothing was changed. If emails from us still come, use the link at the end of a newer one.</p>`,
  );
}

export function unsubscribedPage(): Html {
  return privateLayout(
    'You’re unsubscribed',
    html`<p>No more of these emails will come. Changed your mind? <a href="/subscribe">Subscribe again</a>, or <a href="/jobs">see the jobs</a>.</p>`,
  );
}

export function erasedPage(): Html {
  return privateLayout(
    'Your data is deleted',
    html`<p>Nothing is left but a coded mark of your address, so that no email goes there by mistake.</p>`,
  );
}
