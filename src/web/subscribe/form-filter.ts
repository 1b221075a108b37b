import { wantedQuery } from '../../digest/wanted.ts';
import { FIELDS } from '../../feed/fields.ts';
import { isFilterMistake } from '../../feed/filter.ts';
import { tidied } from '../filter-query.ts';
import { capitalized } from '../view/words.ts';

/** The filter that a form asks for: whole in `filter`, as the box beside a list and programs send it, or in the fields of the list. */
export function filterOfForm(form: URLSearchParams): string {
  const whole = form.get('filter');
  if (whole !== null) return whole;
  return tidied(new URLSearchParams([...form].filter(([name]) => Object.hasOwn(FIELDS, name))).toString());
}

/** The same as far as it can be shown again beside what is wrong with it. */
export function shownAgain(form: URLSearchParams): string {
  const filter = filterOfForm(form);
  if (!form.has('filter')) return filter;
  try {
    return wantedQuery(filter);
  } catch (error) {
    if (isFilterMistake(error)) return '';
    throw error;
  }
}

/** A mistake in words for people: a form that asks for nothing is told what it may ask for. */
export function mistakeWords(error: Error): string {
  if (isFilterMistake(error) && error.field === 'filter')
    return 'That would be every job; please choose at least one thing, such as your credential, remote, a state or a path.';
  return capitalized(error.message);
}
