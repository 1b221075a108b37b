import type { CheerioAPI } from 'cheerio';
import type { BodyPart } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { text } from '../kit/json.ts';

type Element = ReturnType<CheerioAPI>;

/** One field of a row or a posting page: what its label says, or null where it has none. */
type Field = { label: string | null; value: Element; field: Element };

/** What portals call the facts of a posting; every portal names its fields itself. */
const LABELS = {
  place: /^(?:(?:work|job|primary|office) )?locations?$/i,
  department: /^(?:department|business area|career (?:field|area)|job (?:family|function|category)|category|function)$/i,
  requisition: /^(?:ref(?:erence)?(?: number| no| id)?|(?:job|requisition|req) (?:number|no|id)|requisition)$/i,
  company: /^(?:company|employer)$/i,
  employment: /^(?:employment (?:type|status)|job type|working time|time type|schedule)$/i,
  workMode: /^(?:workplace type|work(?:ing)? (?:arrangement|model)|remote)$/i,
  posted: /^(?:date posted|post(?:ed|ing) date|posted(?: on)?)$/i,
  pay: /^(?:salary|pay|compensation|hourly)(?: (?:range|rate))?$/i,
};

/** The fields of a class inside an element, in their order. Labels lose what stands around their words: `Location(s):`, `Ref #`. */
export function fieldsOf($: CheerioAPI, within: Element, selector: string): Field[] {
  return within
    .find(selector)
    .toArray()
    .map(field => {
      const label = wordsOf($(field).find(`${selector}__label`).first());
      return {
        label: label ? text(label.replace(/\(s\)/i, 's').replace(/[^\w)]+$/, '')) : null,
        value: $(field).find(`${selector}__value`).first(),
        field: $(field),
      };
    });
}

/** What the first field with such a label says, as words. */
export function factIn(fields: readonly Field[], fact: keyof typeof LABELS): string | null {
  const found = fields.find(({ label }) => label !== null && LABELS[fact].test(label));
  return found ? wordsOf(found.value) : null;
}

/**
 * The fields that are text, as parts of a body: neither a fact nor the title once more. A text's heading is its label, or that of the article
 * it begins.
 */
export function textsIn(fields: readonly Field[], title: string): BodyPart[] {
  return fields.flatMap(({ label, value, field }) => {
    if ((label !== null && Object.values(LABELS).some(fact => fact.test(label))) || wordsOf(value) === title) return [];
    const begins = !field.prev().hasClass('article__content__view__field');
    const heading = label ?? (begins ? wordsOf(field.closest('article').find('.article__header__text__title').first()) : null);
    return partOf(value.html(), heading ?? undefined);
  });
}

/** The text of an element in one line, or null. */
export function wordsOf(element: Element): string | null {
  return text(element.text().replace(/\s+/g, ' '));
}
