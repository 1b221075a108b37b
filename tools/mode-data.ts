import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { TOLD } from '../src/classify/facets/told-mode.ts';
import type { Linear } from '../src/classify/linear.ts';
import { type PostingReading, readPosting } from '../src/classify/read-posting.ts';
import type { CompiledRules } from '../src/classify/rules.ts';
import { bySegment, hearSentence } from '../src/classify/sentences.ts';
import { type PostingLine, toClassifierInput } from '../src/cli/_postings.ts';
import type { WorkMode } from '../src/posting/posting.ts';
import { hashOf, type Input, parse } from './data.ts';
import { learnLinear } from './linear.ts';
import { type InSet, type Span, toSpan } from './role-data.ts';

/** A posting with the mode its reader labelled, and its sentences as they are heard, where it is known which of them tell the mode. */
export type ModeCase = {
  readonly set: string;
  readonly posting: PostingReading;
  readonly mode: WorkMode | null;
  readonly sentences: readonly InSet[];
};

type LabelLine = { id: string; work_mode?: WorkMode | null };
type ToldLine = { id: string; tell: string };

const FOLDER = fileURLToPath(new URL('modes', import.meta.url));
/** One sentence in thirty tells the mode; each counts as a few that do not. */
const TELLING = 4;

/** The postings of every set of which it was told where the mode stands. */
export function readModeCases(shared: string, fixtures: string, rules: CompiledRules, inputs: Input[]): ModeCase[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap(file => readSet(file.replace('.jsonl', ''), shared, fixtures, rules, inputs));
}

function filesOf(set: string, shared: string, fixtures: string): [string, string] {
  if (set.startsWith('wave-')) return [`${fixtures}/waves/${set.slice(5)}/postings.jsonl`, `${fixtures}/waves/${set.slice(5)}/labels.jsonl`];
  if (set === 'gold') return [`${fixtures}/gold/postings.jsonl`, `${fixtures}/gold/labels.jsonl`];
  return [`${shared}/postings/${set}.jsonl`, `${shared}/postings/${set}-labels.jsonl`];
}

function readSet(set: string, shared: string, fixtures: string, rules: CompiledRules, inputs: Input[]): ModeCase[] {
  const [file, labelFile] = filesOf(set, shared, fixtures);
  const [content, labels, told] = [file, labelFile, `${FOLDER}/${set}.jsonl`].map(name => readFileSync(name, 'utf8')) as [string, string, string];
  const modes = new Map(parse<LabelLine>(labels).map(({ id, work_mode: mode }) => [id, mode]));
  const spans = new Map(parse<ToldLine>(told).map(({ id, tell }) => [id, tell.split(', ').filter(Boolean).map(toSpan)]));
  const lines = parse<PostingLine>(content);
  inputs.push({ name: set, rows: lines.length, hash: hashOf(content, labels, told) });
  return lines.flatMap(line => {
    const mode = modes.get(String(line.id));
    if (mode === undefined) return [];
    const posting = readPosting(toClassifierInput(line), rules);
    const own = mode === null ? [] : spans.get(String(line.id));
    // A mode that no sentence tells teaches nothing about sentences.
    return [{ set, posting, mode, sentences: mode !== null && !own?.length ? [] : sentencesOf(set, posting, mode, own ?? []) }];
  });
}

function sentencesOf(set: string, { document: { text }, hits }: PostingReading, mode: WorkMode | null, told: readonly Span[]): InSet[] {
  const found = bySegment(hits);
  return text.segments.map(segment => {
    const tells = told.some(({ start, end }) => start < segment.end && segment.start < end);
    const label = tells && mode ? TOLD.indexOf(mode) : 0;
    return { set, hearing: hearSentence(text, segment, found.get(segment) ?? []), label, weight: label > 0 ? TELLING : 1 };
  });
}

/** Learns which sentences tell which mode. */
export function learnMode(cases: readonly ModeCase[]): Linear {
  const sentences = cases.flatMap(one => one.sentences);
  return learnLinear(sentences, { classes: TOLD.length, floor: 20, penalty: { facts: 0.0003, words: 0.0003 }, least: 4, most: 3000 });
}
