import type { CheerioAPI } from 'cheerio';
import type { BodyPart, Page, RawPosting } from '../adapter.ts';
import { text, texts } from '../kit/json.ts';
import { splitPlaces, workModeOf } from '../kit/values.ts';

type Within = ReturnType<CheerioAPI>;

const squeezed = (words: string) => text(words.replace(/\s+/g, ' '));

/** What a card or a posting's header says beside the title, by its labels: both a label followed by a span and pairs of a list occur. */
export function fieldsIn($: CheerioAPI, within: Within | null): Map<string, string> {
  const fields = new Map<string, string>();
  for (const label of within?.find('.field-label, dt').toArray() ?? []) {
    const name = $(label).text().replace(/\s+/g, ' ').replace(/:\s*$/, '').trim().toLowerCase();
    const value = squeezed($(label).nextAll('span, dd').first().text());
    if (name && value && !fields.has(name)) fields.set(name, value);
  }
  return fields;
}

type Facts = Pick<RawPosting, 'department' | 'requisition' | 'places' | 'employment' | 'workMode' | 'posted'>;

/** `Posted Date`, and behind a group's name: `Requisition Post Information* : Posted Date`. */
const POSTED = /(?:^|: )(?:(?:job )?posted date|date posted|job posted)$/;

/** The facts of a posting that iCIMS' labels tell, on cards and posting pages alike. */
export function factsOf(fields: ReadonlyMap<string, string>): Facts {
  const first = (...names: string[]) => names.map(name => fields.get(name)).find(Boolean);
  return {
    department: first('category', 'department') ?? null,
    requisition: first('job id', 'id', 'requisition id') ?? null,
    places: splitPlaces(first('job locations', 'job location', 'locations', 'location')).map(raw => ({ raw })),
    employment: texts(first('position type', 'type', 'job type')),
    workMode: /^yes$/i.test(fields.get('remote') ?? '')
      ? 'remote'
      : workModeOf(first('remote', 'telecommute options', 'work location type')),
    posted: postedOf([...fields].find(([name]) => POSTED.test(name))?.[1]),
  };
}

/** `3 weeks ago(6/25/2026 4:15 PM)`: the date stands in brackets behind what people see. */
function postedOf(said: string | undefined): RawPosting['posted'] {
  const value = /\(([^()]+)\)$/.exec(said ?? '')?.[1] ?? said;
  return value ? { value, from: 'posted' } : null;
}

const PAY = /^(?:posted |base )?(?:pay|salary|compensation|wage)(?: range| rate)?$/;
/** What stands beside the text inside the element that holds it. */
const BESIDE =
  'h1, .iCIMS_Header, .iCIMS_JobsTable, .iCIMS_JobOptions, .iCIMS_JobOptionsMobile, .iCIMS_PageFooter, .iCIMS_Navigation, form, nav';

/** A posting page without structured data: the header's fields, and the text in sections, each under its heading; null where there is no text. */
export function plainPage($: CheerioAPI, page: Page): RawPosting | null {
  const own = $('h1.iCIMS_Header, #iCIMS_Header h1, .iCIMS_JobHeader h1').first();
  const title = squeezed((own.length > 0 ? own : $('h1').first()).text());
  const body = bodyOf($);
  if (!title || /^error\b/i.test(title) || body.length === 0) return null;
  const fields = fieldsIn($, $('.iCIMS_JobContent, .iCIMS_JobHeader, .iCIMS_JobHeaderGroup') as Within);
  const pay = [...fields].find(([name]) => PAY.test(name))?.[1] ?? null;
  return {
    key: page.request.key ?? page.url,
    title,
    ...factsOf(fields),
    pay,
    url: page.url,
    body,
  };
}

function bodyOf($: CheerioAPI): BodyPart[] {
  const parts: BodyPart[] = [];
  let heading: string | null = null;
  for (const element of $('h2, h3.iCIMS_InfoMsg, .iCIMS_Expandable_Text').toArray()) {
    if (!$(element).is('.iCIMS_Expandable_Text')) {
      // A heading inside a text is the text's own.
      if ($(element).closest('.iCIMS_Expandable_Text').length === 0) heading = squeezed($(element).text());
      continue;
    }
    const html = text($(element).html());
    if (html && squeezed($(element).text())) parts.push({ ...(heading ? { heading } : {}), html });
    heading = null;
  }
  if (parts.length > 0) return parts;
  const content = $('.iCIMS_JobContent').first().clone();
  content.find(BESIDE).remove();
  const html = text(content.html());
  return html && squeezed(content.text()) ? [{ html }] : [];
}
