import { clockWords, DEFAULT_RHYTHM, WEEKDAYS } from '../../digest/cadence.ts';
import { CONSENT_TEXT } from '../../digest/subscribe.ts';
import { zoneOfFilter } from '../../digest/zones.ts';
import { type Html, html } from '../../http/html.ts';
import type { Rhythm } from '../../store/digest/subscriptions.ts';
import { select, TRAP } from '../forms.ts';
import { filterFields } from './filter-fields.ts';

/** Asks for an address beside a list; `query` is the filter the mails would follow. Where nothing matches yet, it says that the mails wait. */
export function subscribeBox(query: string, isEmpty = false): Html {
  if (query === '') {
    return html`<div class="subscribe"><h2>New jobs by email</h2><p class="note">Narrow the list first: an email about every job helps nobody. Then you can leave your address here.</p></div>`;
  }
  return html`<form class="subscribe" action="/subscribe" method="post"><h2>${isEmpty ? 'Be the first to know' : 'New jobs by email'}</h2>
${isEmpty && html`<p>We’ll email you when a job like this comes up. No email until then.</p>`}
<input type="hidden" name="filter" value="${query}">
<div class="pair"><div>${emailField()}</div><div>${cadenceField(DEFAULT_RHYTHM)}</div></div>
<input type="hidden" name="zone" data-own-zone>${TRAP}${consent()}<button type="submit">Email me</button>
</form>`;
}

/** The same on a page of its own, where filter and time can be chosen, too. */
export function wholeSubscribeForm(query: string): Html {
  const rhythm = { ...DEFAULT_RHYTHM, zone: zoneOfFilter(query) ?? DEFAULT_RHYTHM.zone };
  return html`<form class="subscribe" action="/subscribe" method="post">
<h2>Which jobs</h2>
${filterFields(query)}
<h2>Where to, and when</h2>
<div class="pair"><div>${emailField()}</div><div>${cadenceField(DEFAULT_RHYTHM)}</div></div>
${timeFields(rhythm, html` data-own-zone`)}${TRAP}${consent()}<button type="submit">Email me</button>
</form>`;
}

/** Changes filter and rhythm of a subscription; sent to the page it is on. */
export function changeForm(query: string, rhythm: Rhythm): Html {
  return html`<form class="subscribe" method="post"><input type="hidden" name="action" value="save">
${filterFields(query)}
<h3>When</h3>
<div class="pair"><div>${cadenceField(rhythm)}</div></div>
${timeFields(rhythm)}<button type="submit">Save</button></form>`;
}

/** What pressing the button agrees to stands before the button. */
function consent(): Html {
  return html`<p class="note consent">${CONSENT_TEXT} You confirm by a link we send you, and every email has a link to stop.</p>
`;
}

function emailField(): Html {
  return html`<label for="email">Your email</label><input id="email" name="email" type="email" inputmode="email" maxlength="254" required autocomplete="email">`;
}

function cadenceField({ every }: Rhythm): Html {
  return html`<label for="cadence">How often</label>${select('cadence', every, [
    ['weekly', 'Once a week'],
    ['daily', 'Every day'],
  ])}`;
}

/** `own` marks a time zone that nobody has chosen yet: a script puts that of the reader. */
function timeFields({ weekday, hour, zone }: Rhythm, own: Html | null = null): Html {
  const days = WEEKDAYS.map((day, n) => [String(n + 1), day] as const);
  const hours = Array.from({ length: 24 }, (_, n) => [String(n), clockWords(n)] as const);
  return html`<div class="pair"><div><label for="weekday">Day (if once a week)</label>${select('weekday', String(weekday), days)}</div>
<div><label for="hour">Time</label>${select('hour', String(hour), hours)}</div></div>
<label for="zone">Time zone</label><input id="zone" name="zone" list="zones" required value="${zone}"${own}><datalist id="zones">${Intl.supportedValuesOf('timeZone').map(name => html`<option value="${name}">`)}</datalist>
`;
}
