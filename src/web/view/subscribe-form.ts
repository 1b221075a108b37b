import { DEFAULT_RHYTHM, WEEKDAYS } from '../../digest/cadence.ts';
import { CONSENT } from '../../digest/subscribe.ts';
import { type Html, html } from '../../http/html.ts';
import type { Rhythm } from '../../store/digest/subscriptions.ts';
import { select, TRAP } from '../forms.ts';

/** Asks for an address beside a list; `query` is the filter the mails would follow. */
export function subscribeBox(query: string): Html {
  if (query === '') {
    return html`<div class="subscribe"><h2>Mail me the new ones</h2><p class="note">Narrow the list first: a mail of everything helps nobody. Then this box takes your address.</p></div>`;
  }
  return subscribeForm(html`<h2>Mail me the new ones</h2>
<input type="hidden" name="filter" value="${query}">`);
}

/** The same on a page of its own, where filter and time can be chosen, too. */
export function wholeSubscribeForm(query: string): Html {
  return subscribeForm(filterField(query), timeFields(DEFAULT_RHYTHM));
}

function subscribeForm(filter: Html, time: Html | null = null): Html {
  return html`<form class="subscribe" action="/subscribe" method="post">
${filter}
<div class="pair"><div><label for="email">E-mail</label><input id="email" name="email" type="email" maxlength="254" required autocomplete="email"></div>
<div>${cadenceField(DEFAULT_RHYTHM)}</div></div>
${time}${TRAP}
<button type="submit">Subscribe</button>
<p class="note">${CONSENT.text} We ask you to confirm first, and every mail has a link that ends it.</p>
</form>`;
}

/** Changes filter and rhythm of a subscription; sent to the page it is on. */
export function changeForm(query: string, rhythm: Rhythm): Html {
  return html`<form class="subscribe" method="post"><input type="hidden" name="action" value="save">${filterField(query)}
${cadenceField(rhythm)}
${timeFields(rhythm)}<button type="submit">Save</button></form>`;
}

function filterField(query: string): Html {
  return html`<label for="filter">Filter: the address of a filtered page, or its part after the question mark</label><input id="filter" name="filter" maxlength="2100" required value="${query}">`;
}

function cadenceField({ every }: Rhythm): Html {
  return html`<label for="cadence">How often</label>${select('cadence', every, [
    ['weekly', 'Weekly'],
    ['daily', 'Daily'],
  ])}`;
}

function timeFields({ weekday, hour, zone }: Rhythm): Html {
  const days = WEEKDAYS.map((day, n) => [String(n + 1), day] as const);
  const hours = Array.from({ length: 24 }, (_, n) => [String(n), `${String(n).padStart(2, '0')}:00`] as const);
  return html`<div class="pair"><div><label for="weekday">On (when weekly)</label>${select('weekday', String(weekday), days)}</div>
<div><label for="hour">At</label>${select('hour', String(hour), hours)}</div></div>
<label for="zone">Time zone</label><input id="zone" name="zone" list="zones" required value="${zone}"><datalist id="zones">${Intl.supportedValuesOf('timeZone').map(name => html`<option value="${name}">`)}</datalist>
`;
}
