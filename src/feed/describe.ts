import { STATE_NAMES } from '../posting/states.ts';
import { PATHS, roleName } from '../posting/taxonomy.ts';
import type { Since } from '../store/feed/feed-filter.ts';
import { isDefaultVerdict } from './canonical.ts';
import type { Filter } from './filter.ts';
import { sinceText } from './since.ts';
import { aCredential, VERDICT_WORDS } from './verdict-words.ts';

const INCLUDED: Record<Filter['include'][number], string> = {
  barred: 'those that take none of the five',
  clinical: 'hands-on jobs',
  closed: 'closed ones',
};

/**
 * A filter in words, for titles and consent: `Utilization review jobs for a COTA, remote`. Filters that differ in anything but the length of
 * their pages differ in their words: each part begins in its own way, and what people wrote themselves stands in quotation marks.
 */
export function describeFilter(filter: Filter): string {
  const { path, credential, state, near, pay_min, max_years, max_lifting, patient_contact } = filter;
  const what = path.length ? or(path.map(slug => PATHS[slug].name)) : 'Non-clinical';
  const parts = [
    `${what} jobs${credential.length ? ` for ${or(credential.map(aCredential))}` : ''}`,
    verdictWords(filter),
    filter.role.length && `as ${or(filter.role.map(roleName))}`,
    or(filter.work_mode),
    or(filter.employment_type.map(type => type.replaceAll('_', ' '))),
    filter.beside && 'alongside a clinical job',
    state.length && `in ${or(state.map(code => STATE_NAMES.get(code) ?? code))}`,
    near && `within ${counted(near.miles, 'mile')} of ${near.place}`,
    pay_min !== null && `from $${pay_min.toLocaleString('en-US')} a ${filter.pay_interval}`,
    max_years !== null && `asking for at most ${counted(max_years, 'year')} of experience`,
    max_lifting !== null && `lifting at most ${counted(max_lifting, 'pound')}`,
    certificates('asking for', filter.certification),
    certificates('without a required', filter.without_certification),
    patient_contact.length && `with ${or(patient_contact.map(one => (one === 'none' ? 'no' : one)))} patient contact`,
    filter.company.length && `at ${or(filter.company.map(name => quoted(titled(name))))}`,
    filter.source.length && `from the source ${or(filter.source)}`,
    filter.q !== null && `matching ${quoted(filter.q)}`,
    filter.since && `first seen ${sinceWords(filter.since)}`,
    filter.posted_since && `posted ${sinceWords(filter.posted_since)}`,
    filter.include.length && `with ${filter.include.map(one => INCLUDED[one]).join(' and ')}`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Nothing where a credential is told what it is told without being asked. */
function verdictWords({ credential, verdict }: Filter): string {
  return verdict.length === 0 || isDefaultVerdict({ credential, verdict })
    ? ''
    : `marked ${or(verdict.map(one => quoted(VERDICT_WORDS[one].label)))}`;
}

function certificates(before: string, names: readonly string[]): string {
  if (names.length === 0) return '';
  return `${before} ${or(names.map(name => (name === 'any' ? 'certification of any kind' : quoted(lettered(name)))))}`;
}

function sinceWords(since: Since): string {
  if (!('hours' in since)) return `since ${sinceText(since)}`;
  const days = since.hours / 24;
  return `in the last ${Number.isInteger(days) ? counted(days, 'day') : counted(since.hours, 'hour')}`;
}

function or(words: readonly string[]): string {
  return words.join(' or ');
}

function counted(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

/** A closing mark inside is doubled, so that nobody's words end before they do. */
function quoted(text: string): string {
  return `“${text.replaceAll('”', '””')}”`;
}

/** Names are kept in lower case; short ones without a blank are letters. Both ways lead back to one name. */
function lettered(name: string): string {
  return /^[a-z-]{2,6}$/.test(name) ? name.toUpperCase() : name;
}

function titled(name: string): string {
  return name.replace(/(?<=^|[\s(/-])[a-z]/g, letter => letter.toUpperCase());
}
