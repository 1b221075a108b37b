import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { ClassifierInput } from '../src/classify/classification.ts';
import { type PostingLine, toClassifierInput } from '../src/cli/_postings.ts';
import type { Path, Relevance } from '../src/posting/taxonomy.ts';
import { readBoards } from './boards.ts';
import { parse } from './json-lines.ts';

/** A labelled posting, or a labelled title with its company and no text. */
export type Sample = {
  readonly id: string;
  /** The set it comes from: what is left out together when figures are made. */
  readonly set: string;
  readonly company: string;
  readonly input: ClassifierInput;
  readonly relevance: Relevance;
  readonly paths: readonly Path[];
  readonly sure: boolean;
  /** Its title was taken away. */
  readonly blind?: boolean;
  /** Its text was cut to a few words, or to none. */
  readonly little?: boolean;
};

/** A file that was learned from, with a hash that tells when it has changed. */
export type Input = { readonly name: string; readonly rows: number; readonly hash: string };

type Data = { readonly postings: readonly Sample[]; readonly titles: readonly Sample[]; readonly inputs: readonly Input[] };

type Line = PostingLine & { country?: string };
type LabelLine = { id: string; relevance: Relevance; paths: Path[]; sure: string };

export const hashOf = (...parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 12);
};
const CORPUS = fileURLToPath(new URL('corpus', import.meta.url));
const LABELS = fileURLToPath(new URL('labels', import.meta.url));
/** Postings written to be learned from, by whose boards they are like; the lookalikes are jobs of ours beside their namesakes elsewhere. */
const CORPORA = [
  'benches',
  'boards',
  'campuses',
  'care',
  'claims',
  'companies',
  'contrasts',
  'counters',
  'desks',
  'digital',
  'floors',
  'ledgers',
  'lookalikes',
  'makers',
  'neighbors',
  'payers',
  'providers',
  'public',
  'research',
  'selling',
  'sites',
  'startups',
  'systems',
  'vendors',
  'wards',
];

/** Every third posting of this set, by id, is for first looks alone and is never learned from. */
const KEPT_BACK = 'real';
const ONE_IN = 3;

/** The lines of a set that may be learned from. */
export function withoutKept<L extends { id: string | number }>(name: string, lines: readonly L[]): readonly L[] {
  if (name !== KEPT_BACK) return lines;
  return [...lines].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1)).filter((_, index) => index % ONE_IN !== 0);
}

/** Reads the labelled sets: those of `shared`, the fixtures, and the corpus and the labels beside this file. */
export function readData(shared: string, fixtures: string): Data {
  const inputs: Input[] = [];
  const postings = ['dev', 'dev-2', 'dev-uk', 'real'].flatMap(name =>
    readSet(name, `${shared}/postings/${name}.jsonl`, `${shared}/postings/${name}-labels.jsonl`, inputs),
  );
  postings.push(...readSet('gold', `${fixtures}/gold/postings.jsonl`, `${fixtures}/gold/labels.jsonl`, inputs));
  for (const wave of readdirSync(`${fixtures}/waves`).sort()) {
    postings.push(...readSet(`wave-${wave}`, `${fixtures}/waves/${wave}/postings.jsonl`, `${fixtures}/waves/${wave}/labels.jsonl`, inputs));
  }
  for (const name of CORPORA) postings.push(...readSet(name, `${CORPUS}/${name}.jsonl`, `${CORPUS}/${name}.jsonl`, inputs));
  for (const { name, content, lines } of readBoards()) {
    postings.push(...lines.map(line => toSample(name, line, line)));
    inputs.push({ name, rows: lines.length, hash: hashOf(content) });
  }
  postings.push(...readKinds(`${fixtures}/relevance/kinds.psv`, inputs));
  postings.push(...readStock(`${shared}/postings/stock.jsonl.gz`, `${LABELS}/stock.tsv`, inputs));
  return { postings, titles: readTitles('titles', shared, inputs), inputs };
}

function readSet(name: string, file: string, labelFile: string, inputs: Input[]): Sample[] {
  const content = readFileSync(file, 'utf8');
  const labelContent = readFileSync(labelFile, 'utf8');
  const labels = new Map(parse<LabelLine>(labelContent).map(label => [label.id, label]));
  const lines = withoutKept(name, parse<Line>(content));
  const samples = lines.flatMap(line => {
    const label = labels.get(String(line.id));
    return label ? [toSample(name, line, label)] : [];
  });
  inputs.push({ name, rows: samples.length, hash: hashOf(content, labelContent) });
  return samples;
}

function toSample(name: string, line: Line, label: Omit<LabelLine, 'id'>): Sample {
  const set = name === KEPT_BACK ? `${name}-${line.country === 'UK' ? 'uk' : 'us'}` : name;
  const company = (line.company ?? '').toLowerCase();
  const { relevance, paths, sure } = label;
  return { id: String(line.id), set, company, input: toClassifierInput(line), relevance, paths, sure: sure !== 'low' };
}

/** Short postings by kind of wording, one a line: kind, title, text, relevance and path between bars. */
function readKinds(file: string, inputs: Input[]): Sample[] {
  const content = readFileSync(file, 'utf8');
  const samples = content
    .split('\n')
    .filter(Boolean)
    .map((line, index): Sample => {
      const [kind = '', title = '', text = '', relevance, path] = line.split('|');
      const paths = path ? [path as Path] : [];
      return {
        id: `${kind}-${index}`,
        set: 'kinds',
        company: '',
        input: { title, text },
        relevance: relevance as Relevance,
        paths,
        sure: true,
      };
    });
  inputs.push({ name: 'kinds', rows: samples.length, hash: hashOf(content) });
  return samples;
}

function readStock(file: string, labelFile: string, inputs: Input[]): Sample[] {
  const packed = readFileSync(file);
  const labelContent = readFileSync(labelFile, 'utf8');
  const lines = new Map(parse<Line>(gunzipSync(packed).toString('utf8')).map(line => [String(line.id), line]));
  const samples = rowsOf(labelContent).flatMap(([id = '', relevance, paths = '', sure = 'high']) => {
    const line = lines.get(id);
    if (!line) return [];
    return [toSample('stock', line, { relevance: relevance as Relevance, paths: paths.split(',').filter(Boolean) as Path[], sure })];
  });
  inputs.push({ name: 'stock', rows: samples.length, hash: hashOf(packed, labelContent) });
  return samples;
}

const rowsOf = (content: string): string[][] =>
  content
    .split('\n')
    .filter(line => line.trim() !== '')
    .map(line => line.split('\t').map(cell => cell.trim()));

/** How the readers of titles write a path. */
const CODES: Readonly<Record<string, Path>> = {
  rec: 'recruiting',
  wri: 'writing',
  edu: 'education',
  con: 'consulting',
  man: 'management',
  lia: 'rehab-liaison',
  ux: 'ux-product',
  at: 'assistive-technology',
  home: 'home-safety',
  ur: 'utilization-review',
  cc: 'care-coordination',
  erg: 'ergonomics',
  own: 'business-owner',
  sal: 'sales',
  tech: 'health-tech',
  inf: 'informatics',
  comp: 'compliance-quality',
  res: 'research',
  law: 'case-law-disability',
};

/** The titles that `labels/NAME.tsv` labels. They are known by a hash of title and company: the labels are ours, the titles are not. */
export function readTitles(name: string, shared: string, inputs: Input[]): Sample[] {
  const packed = readFileSync(`${shared}/titles/titles-60k.jsonl.gz`);
  const labelContent = readFileSync(`${LABELS}/${name}.tsv`, 'utf8');
  const codes = new Map(rowsOf(labelContent).map(([hash = '', code = '']) => [hash, code]));
  const samples = parse<{ title: string; company?: string | null }>(gunzipSync(packed).toString('utf8')).flatMap(({ title, company }) => {
    const hash = createHash('sha256')
      .update(`${title}\0${company ?? ''}`)
      .digest('hex')
      .slice(0, 16);
    const code = codes.get(hash);
    codes.delete(hash);
    const bare = code?.replace('?', '') ?? '';
    const path = CODES[bare];
    if (code === undefined || (!path && bare !== 'c' && bare !== 'o')) return [];
    return [
      {
        id: `title-${hash}`,
        set: name,
        company: (company ?? '').toLowerCase(),
        input: { title, text: '', company: company ?? '' },
        relevance: path ? ('nonclinical' as const) : bare === 'c' ? ('clinical' as const) : ('other' as const),
        paths: path ? [path] : [],
        sure: !code.endsWith('?'),
      },
    ];
  });
  inputs.push({ name, rows: samples.length, hash: hashOf(labelContent) });
  return samples;
}
