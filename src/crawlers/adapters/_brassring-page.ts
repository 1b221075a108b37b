import type { Page, PageReading, RawPlace } from '../adapter.ts';
import { partOf } from '../kit/body-parts.ts';
import { loadHtml } from '../kit/html.ts';
import { at, items, type Json, parseJson, text, texts } from '../kit/json.ts';
import { readPostingPage } from '../kit/posting-page.ts';
import { anotherPosting, detailReading, unknown } from '../kit/reading.ts';
import { decodeOnce, hasTags, joinPlace } from '../kit/values.ts';

/** What a search is asked with, and which of a gateway's fields say what; `places` are names separated by commas. */
export type Gateway = { token: string; cookie: string; session: string; title: string; places: string; company: string | null };

/** The session and the fields of a gateway's page, where they stand in hidden inputs; null where there is no session. */
export function gatewayOf(page: Page): Gateway | null {
  const $ = loadHtml(page.body);
  const token = text($('input[name="__RequestVerificationToken"]').first().attr('value'));
  const session = text($('input#CookieValue').first().attr('value'));
  if (!token || !session) return null;
  const told = $('input[value*="JobFieldsToDisplay"], input[value*="CustomSolrFields"]')
    .toArray()
    .map(input => $(input).attr('value') ?? '');
  const said = [
    ...told,
    ...$('script:not([src])')
      .toArray()
      .map(script => $(script).text()),
  ].join('\n');
  const field = (name: string) => text(new RegExp(`\\\\?"${name}\\\\?"\\s*:\\s*\\\\?"([^"\\\\]*)`).exec(said)?.[1]);
  const fields = /"JobFieldsToDisplay\\?"\s*:\s*(\{[^{}]*\})/.exec(said.replaceAll('\\"', '"'))?.[1];
  const parsed = parseJson(fields ?? '');
  const shown = 'json' in parsed ? parsed.json : undefined;
  return {
    token,
    session,
    cookie: cookiesOf(page.headers['set-cookie'] ?? ''),
    title: text(at(shown, 'JobTitle'))?.toLowerCase() ?? 'jobtitle',
    places: field('LocationCustomSolrFields') ?? '',
    company: text(decodeOnce(field('PartnerName') ?? '')),
  };
}

/** The cookies of the session, out of headers joined by commas. */
function cookiesOf(header: string): string {
  return [...header.matchAll(/(?:^|[,;]\s*)(tg_\w+=[^;,\s]+)/g)].map(([, cookie]) => cookie).join('; ');
}

/** What the fields of a row or a posting say, by their names in lower case. */
export function answersOf(questions: Json | undefined, value: 'Value' | 'AnswerValue'): Map<string, string> {
  const answers = new Map<string, string>();
  for (const question of items(questions)) {
    const name = text(at(question, value === 'Value' ? 'QuestionName' : 'VerityZone'))?.toLowerCase();
    const said = text(at(question, value));
    if (name && said && !answers.has(name)) answers.set(name, said);
  }
  return answers;
}

/** A field as words in one line: entities are decoded once. */
export function wordsOf(value: string | undefined): string | null {
  return value === undefined ? null : text(decodeOnce(value).replace(/\s+/g, ' '));
}

/** A place has no more parts than that. */
const MOST_PARTS = 10;

/** The fields that the gateway searches places in are parts of one place; else its field for a place is. Which other field is one, no list tells. */
export function placesOf(answers: ReadonlyMap<string, string>, fields: string): RawPlace[] {
  const named = fields
    .split(',')
    .map(field => field.trim().toLowerCase())
    .filter(field => field !== '' && field !== 'location')
    .slice(0, MOST_PARTS);
  const raw = joinPlace(...named.map(field => wordsOf(answers.get(field)))) || (wordsOf(answers.get('location')) ?? '');
  return raw ? [{ raw }] : [];
}

const LABELS = {
  city: /\b(?:city|town)\b/i,
  region: /\b(?:state|province|region)\b/i,
  country: /\bcountry\b/i,
  employment: /^(?:job|employment|position) type$/i,
  pay: /^(?:salary|pay|compensation)(?: (?:range|rate))?$/i,
};

/** A posting page carries its labelled fields as JSON in a hidden input; those with markup are its text, in the order of the page. */
export function readBrassringPosting(page: Page): PageReading {
  const $ = loadHtml(page.body);
  const parsed = parseJson($('input#preLoadJSON').first().attr('value') ?? '');
  const job = 'json' in parsed ? at(parsed.json, 'Jobdetails') : undefined;
  const questions = items(at(job, 'JobDetailQuestions'));
  if (questions.length === 0) return readPostingPage(page);
  const answers = answersOf(questions, 'AnswerValue');
  const said = text(answers.get('reqid'));
  const other = anotherPosting(page, said);
  if (other) return other;
  const key = page.request.key ?? said;
  const title = wordsOf(answers.get('jobtitle')) ?? wordsOf(text(at(job, 'Title')) ?? undefined);
  const body = questions.filter(isText).flatMap(question => partOf(at(question, 'AnswerValue'), labelOf(question) ?? undefined));
  if (!key || !title || body.length === 0) return unknown('a posting without title or text');
  const labelled = (label: keyof typeof LABELS) => {
    const found = questions.find(question => LABELS[label].test(labelOf(question) ?? ''));
    return wordsOf(text(at(found, 'AnswerValue')) ?? undefined);
  };
  const [city, region, country] = (['city', 'region', 'country'] as const).map(labelled);
  const raw = page.request.note?.placed === true ? '' : joinPlace(city, region, country);
  const pay = labelled('pay');
  return detailReading({
    key,
    title,
    department: wordsOf(answers.get('department')),
    requisition: wordsOf(answers.get('autoreq')),
    places: raw ? [{ raw, city, region, country }] : [],
    pay: pay && /[1-9]/.test(pay) ? pay : null,
    employment: texts(labelled('employment')),
    url: page.url,
    body,
  });
}

function labelOf(question: Json): string | null {
  return text(at(question, 'QuestionName'));
}

function isText(question: Json): boolean {
  const zone = text(at(question, 'VerityZone'))?.toLowerCase();
  return zone === 'jobdescription' || at(question, 'QuestionType') === 'textarea' || hasTags(text(at(question, 'AnswerValue')) ?? '');
}
