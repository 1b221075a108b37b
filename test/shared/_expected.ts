import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import { type ReadReport, readSaved } from '../../src/cli/read.ts';

/** One posting as a person reads it; expected-recordings.yaml says what each word means. */
type ExpectedPosting = {
  title: string;
  at?: string[];
  mode?: string;
  pay?: string;
  posted?: string;
  closes?: string;
  as?: string[];
  company?: string;
  text?: number;
};

export type Expected = {
  system?: string;
  none?: string;
  kind: 'list' | 'detail';
  is?: string | string[];
  url?: string | undefined;
  status?: number;
  rows?: number;
  total?: number;
  known?: string;
  postings?: ExpectedPosting[];
};

type Shown = ReadReport['postings'][number];
type Place = Shown['places'][number];

/** The expectations of each part by file, and the folders whose recordings other tests state. */
export function readExpected(): { elsewhere: string[]; parts: Record<string, Record<string, Expected>> } {
  const { elsewhere, ...parts } = parse(readFileSync(new URL('expected-recordings.yaml', import.meta.url), 'utf8'), { schema: 'core' });
  return { elsewhere, parts };
}

/** Reads the file as `ombre read` does. Returns what is wrong, one line each, beginning with the kind of mistake. */
export async function judge(file: string, expected: Expected): Promise<string[]> {
  const { system = '', kind, status = 200, url } = expected;
  const report = await readSaved(system, file, { kind, status: String(status), ...(url ? { url } : {}) });
  const markers = [expected.is ?? 'board'].flat();
  if (!markers.includes(report.marker)) return [`marker: ${report.marker} (${report.why}), not ${markers.join(' or ')}`];
  const wrong: string[] = [];
  const postings = expected.postings ?? [];
  const rows = expected.rows ?? postings.length;
  if (report.postings.length !== rows)
    wrong.push(`rows: ${report.postings.length}, not ${rows}: ${report.postings.map(({ title }) => title).join(' | ')}`);
  if (expected.total !== undefined && report.total !== expected.total) wrong.push(`total: ${report.total}, not ${expected.total}`);
  const left = [...report.postings];
  for (const posting of postings) {
    const at = left.findIndex(({ title }) => tidy(title) === posting.title);
    const [shown] = at < 0 ? [] : left.splice(at, 1);
    if (shown) wrong.push(...judgePosting(posting, shown, file).map(line => `${line} [${posting.title}]`));
    else wrong.push(`title: no "${posting.title}" among ${report.postings.map(({ title }) => title).join(' | ')}`);
  }
  return wrong;
}

const tidy = (text: string) => text.replace(/\s+/g, ' ').trim();

function judgePosting(posting: ExpectedPosting, shown: Shown, file: string): string[] {
  const wrong: string[] = [];
  const demand = (what: string, wanted: unknown, got: unknown) => {
    if (JSON.stringify(wanted) !== JSON.stringify(got)) wrong.push(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  };
  wrong.push(...judgePlaces(posting.at ?? [], shown.places));
  if (posting.mode) demand('mode', posting.mode, shown.work_mode);
  else if (shown.work_mode === 'remote' || shown.work_mode === 'hybrid') wrong.push(`mode: ${shown.work_mode}, which is not told`);
  const { pay } = shown;
  demand('pay', posting.pay ?? null, pay && `${pay.min}-${pay.max} ${pay.currency}/${pay.interval}`);
  demand('posted', posting.posted === undefined ? undefined : dayOf(posting.posted, file), shown.posted_at?.value.slice(0, 10));
  demand('closes', posting.closes, shown.closes_at?.value.slice(0, 10));
  const [sure, maybe] = optional(posting.as ?? []);
  const types = shown.employment_type.filter(type => !maybe.includes(type));
  demand('employment', sure.sort(), [...types].sort());
  if (posting.company) demand('company', posting.company, shown.company);
  if (shown.text_length < (posting.text ?? 0)) wrong.push(`text: ${shown.text_length} characters, fewer than ${posting.text}`);
  return wrong;
}

/** Those that must be there, and those that may be left out (written with a question mark). */
function optional(words: string[]): [sure: string[], maybe: string[]] {
  return [words.filter(word => !word.endsWith('?')), words.filter(word => word.endsWith('?')).map(word => word.slice(0, -1))];
}

function dayOf(written: string, file: string): string {
  const ago = /^-(\d+)d$/.exec(written)?.[1];
  if (ago === undefined) return written;
  return new Date(statSync(file).mtime.getTime() - Number(ago) * 86_400_000).toISOString().slice(0, 10);
}

function judgePlaces(wanted: string[], places: Place[]): string[] {
  const [sure, maybe] = optional(wanted);
  const left = [...places];
  const missing: string[] = [];
  for (const one of sure) {
    const at = left.findIndex(place => isPlace(one, place));
    if (at < 0) missing.push(one);
    else left.splice(at, 1);
  }
  const more = left.filter(place => !maybe.some(one => isPlace(one, place)));
  if (missing.length === 0 && more.length === 0) return [];
  const told = more.map(({ city, region, country, raw }) => `${city ?? '-'}, ${region ?? '-'}, ${country ?? '-'} of "${raw}"`);
  return [`place: ${told.join('; ') || 'none'}, not ${missing.join('; ') || 'told'}`];
}

function isPlace(wanted: string, place: Place): boolean {
  if (wanted.startsWith('~')) return !place.city && !place.region && !place.country && tidy(place.raw) === wanted.slice(1);
  const { city, region, country } = placeOf(wanted);
  const fits = (wish: string | null, got: string | null) => wish === '*' || sameWord(wish, got);
  return fits(country, place.country) && fits(city, place.city) && (region === undefined || fits(region, place.region));
}

/** The parts of `city, region, country`, `city, country`, `TX, US` or `US`. The region abroad counts only where it is written. */
function placeOf(wanted: string): { city: string | null; region: string | null | undefined; country: string } {
  const parts = wanted.split(', ');
  const country = parts.pop() ?? '';
  const [first = null, second] = parts;
  const none = country === 'US' ? null : undefined;
  if (second !== undefined) return { city: first, region: second, country };
  return country === 'US' && /^[A-Z]{2}$/.test(first ?? '')
    ? { city: null, region: first, country }
    : { city: first, region: none, country };
}

/** `St. Louis` is `Saint Louis`, `New York City` is `New York`; letters count whatever their case and marks. */
function sameWord(wanted: string | null, got: string | null): boolean {
  if (wanted === null || got === null) return wanted === got;
  const fold = (word: string) =>
    word
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/^saint\b/, 'st.')
      .replace(/^new york city$/, 'new york');
  return fold(wanted) === fold(got);
}
