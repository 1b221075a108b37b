import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Certification } from '../src/classify/classification.ts';
import type { CompiledRules } from '../src/classify/compile/compile.ts';
import { hearCertificates } from '../src/classify/facets/certifications/certifications.ts';
import { hearEmployment } from '../src/classify/facets/employment-type.ts';
import type { FacetModels } from '../src/classify/facets/index.ts';
import { hearYears } from '../src/classify/facets/min-years.ts';
import { hearModes } from '../src/classify/facets/work-mode.ts';
import { type Notes, notes } from '../src/classify/learned/ear.ts';
import { type PostingReading, readPosting } from '../src/classify/reading/posting.ts';
import { type PostingLine, toClassifierInput } from '../src/cli/_postings.ts';
import { isSameCertificate } from '../src/evaluation/certificate-names.ts';
import { EMPLOYMENT_TYPES, type EmploymentType, type WorkMode } from '../src/posting/posting.ts';
import type { Relevance } from '../src/posting/taxonomy.ts';
import { type Board, readBoards } from './boards.ts';
import type { Choice } from './choice.ts';
import { hashOf, type Input, withoutKept } from './data.ts';
import { parse } from './json-lines.ts';
import { readWritten } from './written.ts';

/** What a text may tell of a facet, where it stands, and whether what it does tell is among it. */
export type Told = Choice & { readonly set: string; readonly posting: string; readonly isOffered: boolean };
export type FacetChoices = Readonly<Record<keyof FacetModels, readonly Told[]>>;

/** A label; what it leaves out is not known. */
type LabelLine = {
  id: string | number;
  partial?: boolean;
  relevance?: Relevance;
  work_mode?: WorkMode | null;
  min_years?: number | null;
  employment_type?: EmploymentType[];
  certifications?: Certification[];
  sure?: string;
};
type Read = {
  readonly set: string;
  readonly posting: PostingReading;
  readonly id: string;
  readonly label: LabelLine;
  readonly weight: number;
};

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
/** Short postings and excerpts with their facets, a line each. */
const WRITTEN = folder('facets');
/** Sentences with what each says of the mode. */
const SAYINGS = folder('sayings');
/** Facets of real postings of other work, which have no label but these. */
const REAL_FACETS = folder('labels/real-facets.jsonl');
/** Sets with real postings in them: what is read in the end, and far fewer than what was written. */
const RECORDED = 2;
/** The sentences of the tests, and of one convention each: they are plain. */
const PLAIN: ReadonlySet<string> = new Set(['spoken.jsonl', 'years-1.jsonl', 'years-2.jsonl']);
/** A posting written to be learned from. */
const BOARD = 0.75;
/** A short posting written to be hard, a sentence by itself, and a label its reader doubted. */
const [SHORT, SENTENCE, DOUBTED] = [0.5, 0.5, 0.5];

/** All that labelled texts may tell of their facets. `rules` have nothing learned. */
export function readFacetChoices(shared: string, fixtures: string, rules: CompiledRules, inputs: Input[]): FacetChoices {
  const read = [
    ...['dev', 'dev-2', 'dev-uk', 'real'].flatMap(name => {
      const file = `${shared}/postings/${name}`;
      return readSet(name, `${file}.jsonl`, `${file}-labels.jsonl`, RECORDED, rules, inputs);
    }),
    ...readSet('real', `${shared}/postings/real.jsonl`, REAL_FACETS, RECORDED, rules, inputs),
    ...readSet('gold', `${fixtures}/gold/postings.jsonl`, `${fixtures}/gold/labels.jsonl`, 1, rules, inputs),
    ...readdirSync(`${fixtures}/waves`)
      .sort()
      .flatMap(wave =>
        readSet(`wave-${wave}`, `${fixtures}/waves/${wave}/postings.jsonl`, `${fixtures}/waves/${wave}/labels.jsonl`, 1, rules, inputs),
      ),
    ...readBoards().flatMap(board => readBoard(board, rules, inputs)),
    ...readdirSync(WRITTEN)
      .sort()
      .flatMap(file => readSet(file, `${WRITTEN}/${file}`, `${WRITTEN}/${file}`, PLAIN.has(file) ? 1 : SHORT, rules, inputs)),
    ...readdirSync(SAYINGS)
      .sort()
      .flatMap(file => readSayings(file, rules, inputs)),
  ];
  return {
    modes: read.flatMap(modeOf),
    years: read.flatMap(yearsOf),
    employment: read.flatMap(employmentOf),
    needs: read.flatMap(needsOf),
  };
}

function readSet(set: string, file: string, labelFile: string, weight: number, rules: CompiledRules, inputs: Input[]): Read[] {
  const [content, labelContent] = [readFileSync(file, 'utf8'), readFileSync(labelFile, 'utf8')];
  const labels = new Map(parse<LabelLine>(labelContent).map(label => [String(label.id), label]));
  const read = withoutKept(set, parse<PostingLine>(content)).flatMap((line): Read[] => {
    const label = labels.get(String(line.id));
    return !label || label.partial ? [] : [readLine(set, line, label, weight, rules)];
  });
  inputs.push({ name: set, rows: read.length, hash: hashOf(content, labelContent) });
  return read;
}

function readBoard({ name, content, lines }: Board, rules: CompiledRules, inputs: Input[]): Read[] {
  inputs.push({ name, rows: lines.length, hash: hashOf(content) });
  return lines.map(line => readLine(name, line, line, BOARD, rules));
}

function readLine(set: string, line: PostingLine, label: LabelLine, weight: number, rules: CompiledRules): Read {
  const posting = readPosting(toClassifierInput(line), rules);
  return { set, posting, id: `${set}/${line.id}`, label, weight: label.sure === 'low' ? weight * DOUBTED : weight };
}

function readSayings(file: string, rules: CompiledRules, inputs: Input[]): Read[] {
  return readWritten<WorkMode | 'nothing'>(SAYINGS, file, inputs).map(([says, text], nth) => ({
    set: file,
    posting: readPosting({ title: '', text }, rules),
    id: `${file}/${nth}`,
    label: { id: nth, work_mode: says === 'nothing' ? null : says },
    weight: SENTENCE,
  }));
}

type Heard<T> = { readonly value: T; readonly heard: Notes; readonly of: number };

function toldOf<T>({ set, id, weight }: Read, options: readonly Heard<T>[], isRight: (value: T) => boolean, isTold: boolean): Told[] {
  const own = options.map(({ value, heard, of }) => ({ hearing: heard, of, value, isRight: isRight(value) }));
  return [{ set, posting: id, options: own, weight, isOffered: !isTold || own.some(one => one.isRight) }];
}

function modeOf(read: Read): Told[] {
  const mode = read.label.work_mode;
  if (mode === undefined || read.posting.input.stated?.workMode) return [];
  return toldOf(read, hearModes(read.posting, notes), value => value === mode, mode !== null);
}

function yearsOf(read: Read): Told[] {
  const years = read.label.min_years;
  if (years === undefined) return [];
  const isSame = (value: number) => years !== null && Math.abs(value - years) < 0.01;
  return toldOf(read, hearYears(read.posting, notes), isSame, years !== null);
}

/** Every type is told or not by itself. */
function employmentOf(read: Read): Told[] {
  const types = read.label.employment_type;
  if (types === undefined || read.posting.input.stated?.employmentTypes?.length) return [];
  const options = Map.groupBy(hearEmployment(read.posting, notes), ({ value }) => value);
  return EMPLOYMENT_TYPES.flatMap(type => {
    const own = options.get(type) ?? [];
    const isTold = types.includes(type);
    return own.length === 0 && !isTold ? [] : toldOf(read, own, () => isTold, isTold);
  });
}

/** Every certificate is asked for, liked or only named by itself. Readers told them of the jobs they were to tell them of. */
function needsOf(read: Read): Told[] {
  const told = read.label.certifications;
  if (told === undefined || (told.length === 0 && (read.label.relevance ?? 'nonclinical') !== 'nonclinical')) return [];
  const named = Map.groupBy(hearCertificates(read.posting, notes), ({ one }) => one.name);
  const isOf = (label: Certification, name: string) => [label.name, ...label.name.split('/')].some(part => isSameCertificate(part, name));
  const unnamed = told.filter(label => ![...named.keys()].some(name => isOf(label, name)));
  return [
    ...[...named].flatMap(([name, own]) => {
      const label = told.find(one => isOf(one, name));
      return toldOf(read, own, value => value === label?.need, label !== undefined);
    }),
    ...unnamed.flatMap(() => toldOf<Certification['need']>(read, [], () => false, true)),
  ];
}
