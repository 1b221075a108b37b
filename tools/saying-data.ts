import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CompiledRules } from '../src/classify/compile/compile.ts';
import { readFacets } from '../src/classify/facets/index.ts';
import { hearSentences, MODES_SAID } from '../src/classify/facets/said-mode.ts';
import { notes } from '../src/classify/learned/ear.ts';
import { readPosting } from '../src/classify/reading/posting.ts';
import { type PostingLine, toClassifierInput } from '../src/cli/_postings.ts';
import type { WorkMode } from '../src/posting/posting.ts';
import { hashOf, type Input, parse, withoutKept } from './data.ts';
import { readWritten, type Written } from './written.ts';

type LabelLine = { id: string; work_mode: WorkMode | null; partial?: boolean };

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const WRITTEN = folder('sayings');
/** Facets of real postings of other work, which have no label but these. */
const REAL_FACETS = folder('labels/real-facets.jsonl');
/** A sentence of a posting that says nothing of the mode: there are many. */
const ORDINARY = 0.5;

export const isWritten = ({ set }: Written): boolean => set.endsWith('.tsv');

/** Sentences written to be learned from, and those of labelled postings and excerpts. `rules` have nothing learned. */
export function readSayings(shared: string, fixtures: string, rules: CompiledRules, inputs: Input[]): Written[] {
  const files = readdirSync(WRITTEN).sort();
  const written = files.filter(file => file.endsWith('.tsv')).flatMap(file => readSaid(file, rules, inputs));
  const excerpts = files.filter(file => file.endsWith('.jsonl')).map(file => [file, `${WRITTEN}/${file}`, `${WRITTEN}/${file}`] as const);
  const inFolders = [
    ...readdirSync(`${fixtures}/waves`).map(name => [`wave-${name}`, `${fixtures}/waves/${name}`]),
    ['gold', `${fixtures}/gold`],
  ];
  const whole = [
    ...inFolders.map(([name = '', from]) => [name, `${from}/postings.jsonl`, `${from}/labels.jsonl`] as const),
    ...['dev', 'dev-2', 'dev-uk', 'real'].map(
      name => [name, `${shared}/postings/${name}.jsonl`, `${shared}/postings/${name}-labels.jsonl`] as const,
    ),
    ['real', `${shared}/postings/real.jsonl`, REAL_FACETS] as const,
  ];
  return [
    ...written,
    ...[...whole, ...excerpts].flatMap(([name, postings, labels]) => readLabelled(name, postings, labels, rules, inputs)),
  ];
}

function readSaid(file: string, rules: CompiledRules, inputs: Input[]): Written[] {
  return readWritten<(typeof MODES_SAID)[number]>(WRITTEN, file, inputs).flatMap(([says, text]) =>
    hearSentences(readPosting({ title: '', text }, rules), notes).map(({ heard }) => ({
      hearing: heard,
      label: MODES_SAID.indexOf(says),
      weight: 1,
      set: file,
    })),
  );
}

function readLabelled(set: string, postings: string, labels: string, rules: CompiledRules, inputs: Input[]): Written[] {
  const [content, labelContent] = [readFileSync(postings, 'utf8'), readFileSync(labels, 'utf8')];
  const known = new Map(parse<LabelLine>(labelContent).map(label => [label.id, label]));
  const lines = withoutKept(set, parse<PostingLine>(content)).flatMap(line => {
    const label = known.get(String(line.id));
    return label && !label.partial ? [{ line, mode: label.work_mode }] : [];
  });
  inputs.push({ name: set, rows: lines.length, hash: hashOf(content, labelContent) });
  return lines.flatMap(({ line, mode }) => sentencesOf(set, line, mode, rules));
}

/** Sentences by what the rules read the mode from, where they read it rightly; what they hear besides may mean anything. */
function sentencesOf(set: string, line: PostingLine, mode: WorkMode | null, rules: CompiledRules): Written[] {
  const posting = readPosting(toClassifierInput(line), rules);
  const { facets, evidence } = readFacets(posting, null);
  if (mode !== null && facets.work_mode !== mode) return [];
  return hearSentences(posting, notes).flatMap(({ segment, heard: hearing }): Written[] => {
    const shown = evidence.work_mode?.some(({ field, start, end }) => field === 'text' && start < segment.end && end > segment.start);
    if (mode !== null && shown) return [{ hearing, label: MODES_SAID.indexOf(mode), weight: 1, set }];
    const isHeard = [...hearing.facts].some(fact => fact.startsWith('mode '));
    return mode !== null && isHeard ? [] : [{ hearing, label: 0, weight: ORDINARY, set }];
  });
}
