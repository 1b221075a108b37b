import { FIELDS, type FieldName } from '../../feed/fields.ts';
import { CREDENTIAL_SHORT, VERDICT_WORDS } from '../../feed/verdict-words.ts';
import { type Html, html } from '../../http/html.ts';
import { at, toggled, valuesOf, without } from '../filter-query.ts';
import { CONTACT_TOLD, dollars, pathName, plural, stateName, words } from './words.ts';

/** One value that a filter holds, as people read it, and the query without it. */
export type Chip = { name: FieldName; label: string; without: string };

/** Fields that say where a page begins or how long it is narrow nothing. */
const NO_CHIP: readonly FieldName[] = ['cursor', 'limit', 'radius', 'pay_interval'];

/** Every value of a canonical query that narrows it. */
export function chipsOf(query: string): Chip[] {
  const params = new URLSearchParams(query);
  return (Object.keys(FIELDS) as FieldName[])
    .filter(name => params.has(name) && !NO_CHIP.includes(name))
    .flatMap(name =>
      FIELDS[name].kind === 'one'
        ? [{ name, label: labelOf(name, params.get(name) ?? '', params), without: without(query, name) }]
        : valuesOf(params, name).map(value => ({ name, label: labelOf(name, value, params), without: toggled(query, name, value) })),
    );
}

/** Values of a filter as links that each take one away; `clear` is the address without any of them. */
export function chips(path: string, found: readonly Chip[], clear: string): Html | false {
  if (found.length === 0) return false;
  return html`<ul class="chips" aria-label="Active filter">${found.map(
    ({ label, without }) =>
      html`<li><a href="${at(path, without)}"><span class="sr">Remove: </span>${label}<span class="x" aria-hidden="true">×</span></a></li>`,
  )}${found.length > 1 && html`<li><a class="clear" href="${clear}">Clear all</a></li>`}</ul>`;
}

/** A label inside a sentence; a search brings its own quotation marks. */
export function quoted(label: string): string {
  return label.startsWith('“') ? label : `“${label}”`;
}

/** A value of a field in words that stand alone. */
function labelOf(name: FieldName, value: string, params: URLSearchParams): string {
  switch (name) {
    case 'path':
      return pathName(value);
    case 'credential':
      return `For ${CREDENTIAL_SHORT[value as keyof typeof CREDENTIAL_SHORT] ?? value}`;
    case 'verdict':
      return VERDICT_WORDS[value as keyof typeof VERDICT_WORDS]?.label ?? value;
    case 'q':
      return `“${value}”`;
    case 'state':
      return stateName(value);
    case 'near':
      return `Within ${params.get('radius') ?? 50} miles of ${value}`;
    case 'pay_min':
      return `At least ${dollars(Number(value))} a ${params.get('pay_interval') ?? 'year'}`;
    case 'since':
      return `New since ${value}`;
    case 'posted_since':
      return `Posted since ${value}`;
    case 'beside':
      return 'Fits alongside a clinical job';
    case 'max_years':
      return value === '0' ? 'No experience needed' : `At most ${plural(Number(value), 'year')} of experience`;
    case 'max_lifting':
      return `Lifting up to ${value} lb`;
    case 'certification':
      return `Asks for ${value.toUpperCase()}`;
    case 'without_certification':
      return value === 'any' ? 'No certification required' : `${value.toUpperCase()} not required`;
    case 'patient_contact':
      return CONTACT_TOLD[value] ?? value;
    case 'company':
      return titled(value);
    case 'source':
      return `Source: ${value}`;
    case 'include':
      return value === 'barred' ? 'With jobs that take none of the five' : `With ${value} ones`;
    default:
      return words(value);
  }
}

/** Employers are compared in lower case; people write them otherwise. */
export function titled(name: string): string {
  return name.replaceAll(/(^|[\s(/&-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}
