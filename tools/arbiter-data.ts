import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CompiledRules } from '../src/classify/compile/compile.ts';
import { notes } from '../src/classify/learned/ear.ts';
import { readPosting } from '../src/classify/reading/posting.ts';
import { type Learned, readAnswers } from '../src/classify/requirements/index.ts';
import { type PostingLine, toClassifierInput } from '../src/cli/_postings.ts';
import type { Credential, Verdict } from '../src/posting/taxonomy.ts';
import type { Hearing } from '../src/text/linear.ts';
import { type Board, readBoards } from './boards.ts';
import { hashOf, type Input, withoutKept } from './data.ts';
import { parse } from './json-lines.ts';

/** One credential of one posting: what is heard of it, what the rules answered, and the label. */
export type Case = {
  readonly set: string;
  readonly hearing: Hearing;
  readonly said: Verdict;
  readonly label: Verdict;
  readonly weight: number;
};

/** The rules, and what was learned of roles without a set: its own marks would make its answers look better than those of the world. */
type LearnedFor = { readonly rules: CompiledRules; readonly learned: (set: string) => Omit<Learned, 'arbiter'> };

type Verdicts = Record<Credential, Verdict>;
type LabelLine = { id: string; verdicts: Verdicts | null; sure: string };
type SectionLine = { id: string; title: string; text: string; verdicts: Verdicts; sure: string };

const SECTIONS = fileURLToPath(new URL('requirements', import.meta.url));
/** The sentences of the tests of who may apply. */
const SPOKEN = 'spoken';
/** Waves by whose wordings few rules of who may apply were written: logic was mended by the roles or the errors of some. */
const LATER_WAVES: ReadonlySet<string> = new Set([
  '9',
  '10',
  '13',
  '14',
  '15',
  '16',
  '17',
  '18',
  '19',
  '20',
  '21',
  '22',
  '29',
  '30',
  '32',
  '37',
  '38',
  '39',
  '40',
]);
/** Sets the rules were written by: rules are right there more often than in the world, so they may hardly teach how far to trust them. */
const WORKED_ON = 0.4;
/** Sets with real postings in them: what is read in the end, and far fewer than what was written. */
const RECORDED = 3;
/** A label its reader doubted. */
const DOUBTED = 0.5;

/** Every labelled credential: sections of requirements and waves no rule was mended by, and lightly the sets that were worked on. */
export function readCases(shared: string, fixtures: string, of: LearnedFor, inputs: Input[]): Case[] {
  const waves = readdirSync(`${fixtures}/waves`).map(wave => {
    return { name: `wave-${wave}`, folder: `${fixtures}/waves/${wave}`, weight: LATER_WAVES.has(wave) ? 1 : WORKED_ON };
  });
  const open = Object.entries({ dev: RECORDED, 'dev-2': RECORDED, 'dev-uk': 1, real: RECORDED }).map(([name, weight]) => {
    return { name, file: `${shared}/postings/${name}`, weight };
  });
  return [
    ...readdirSync(SECTIONS)
      .sort()
      .flatMap(file => readSections(file, of, inputs)),
    ...readBoards().flatMap(board => readBoard(board, of, inputs)),
    ...waves.flatMap(({ name, folder, weight }) => readSet(name, `${folder}/postings.jsonl`, `${folder}/labels.jsonl`, weight, of, inputs)),
    ...readSet('gold', `${fixtures}/gold/postings.jsonl`, `${fixtures}/gold/labels.jsonl`, WORKED_ON, of, inputs),
    ...open.flatMap(({ name, file, weight }) => readSet(name, `${file}.jsonl`, `${file}-labels.jsonl`, weight, of, inputs)),
  ];
}

function readSections(file: string, of: LearnedFor, inputs: Input[]): Case[] {
  const name = file.replace('.jsonl', '');
  const content = readFileSync(`${SECTIONS}/${file}`, 'utf8');
  const lines = parse<SectionLine>(content);
  inputs.push({ name, rows: lines.length, hash: hashOf(content) });
  const weight = name.endsWith('worked-on') || name === SPOKEN ? WORKED_ON : 1;
  return lines.flatMap(({ id, title, text, verdicts, sure }) =>
    casesOf(name, { id, title, description: text }, verdicts, sure, weight, of),
  );
}

function readBoard({ name, content, lines }: Board, of: LearnedFor, inputs: Input[]): Case[] {
  inputs.push({ name, rows: lines.filter(({ verdicts }) => verdicts).length, hash: hashOf(content) });
  return lines.flatMap(line => (line.verdicts ? casesOf(name, line, line.verdicts, line.sure, 1, of) : []));
}

function readSet(name: string, file: string, labelFile: string, weight: number, of: LearnedFor, inputs: Input[]): Case[] {
  const content = readFileSync(file, 'utf8');
  const labelContent = readFileSync(labelFile, 'utf8');
  const labels = new Map(parse<LabelLine>(labelContent).map(label => [label.id, label]));
  const lines = withoutKept(name, parse<PostingLine>(content)).filter(({ id }) => labels.get(String(id))?.verdicts);
  inputs.push({ name, rows: lines.length, hash: hashOf(content, labelContent) });
  return lines.flatMap(line => {
    const label = labels.get(String(line.id));
    return label?.verdicts ? casesOf(name, line, label.verdicts, label.sure, weight, of) : [];
  });
}

function casesOf(set: string, line: PostingLine, verdicts: Verdicts, sure: string, weight: number, of: LearnedFor): Case[] {
  const posting = readPosting(toClassifierInput(line), of.rules);
  const { answers, hearings } = readAnswers(posting, of.learned(set), notes);
  return [...hearings].map(([credential, hearing]) => ({
    set,
    hearing,
    said: answers[credential].verdict,
    label: verdicts[credential],
    weight: weight * (sure === 'low' ? DOUBTED : 1),
  }));
}
