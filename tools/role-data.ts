import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CompiledRules } from '../src/classify/compile/compile.ts';
import { Notes } from '../src/classify/learned/ear.ts';
import { hearSentence, hitsOfSegments } from '../src/classify/learned/sentences.ts';
import { type PostingReading, readPosting } from '../src/classify/reading/posting.ts';
import { gather } from '../src/classify/requirements/parts/gather.ts';
import type { Role, RoleReader } from '../src/classify/requirements/roles/role.ts';
import { ROLES } from '../src/classify/requirements/roles/role.ts';
import { hearRow } from '../src/classify/requirements/roles/row-hearing.ts';
import { SENDING } from '../src/classify/requirements/verdicts/elsewhere.ts';
import { type PostingLine, toClassifierInput } from '../src/cli/_postings.ts';
import type { Linear } from '../src/text/linear.ts';
import { type Board, type Letter, readBoards } from './boards.ts';
import { hashOf, type Input } from './data.ts';
import { parse } from './json-lines.ts';
import { type Heard, learnLinear } from './linear.ts';

/** The role of what stands at some characters of a posting's text, as "12-20 D" says it. */
type Mark = { readonly start: number; readonly end: number; readonly role: Role };
type Span = { readonly start: number; readonly end: number };
/** What a reader told of a text: the roles of what it names, and where it sends the reader elsewhere. */
type Told = { readonly marks: readonly Mark[]; readonly elsewhere: readonly Span[] };
type MarkLine = { id: string; marks: string; elsewhere?: string };
type AnyLine = PostingLine & { text?: string };

/** A thing as it is heard, with its class and the set it comes from. */
export type InSet = Heard & { readonly set: string };

/** What readers wrote for a role. What binds only some of those who may apply, or names the holder in passing, asks for nothing. */
const LETTERS: Readonly<Record<string, Role>> = {
  D: 'demanded',
  L: 'let-in',
  W: 'wished',
  N: 'denied',
  X: 'shut-out',
  U: 'unsettled',
  S: 'talk',
  H: 'talk',
  T: 'talk',
};

const MARKS = fileURLToPath(new URL('roles', import.meta.url));
const ALONE = fileURLToPath(new URL('elsewhere.jsonl', import.meta.url));

/** Where the texts of a set of marks stand. */
function textsOf(set: string, shared: string, fixtures: string): string {
  if (set.startsWith('wave-')) return `${fixtures}/waves/${set.slice(5)}/postings.jsonl`;
  if (set === 'gold') return `${fixtures}/gold/postings.jsonl`;
  if (['dev', 'dev-2', 'real', 'dev-uk'].includes(set)) return `${shared}/postings/${set}.jsonl`;
  return fileURLToPath(new URL(`requirements/${set}.jsonl`, import.meta.url));
}

/** Words that send the reader elsewhere, on a board. */
const ELSEWHERE = 'E';

function toldBy(letters: readonly Letter[]): Told {
  const marks = letters.filter(({ letter }) => letter !== ELSEWHERE);
  return {
    marks: marks.map(({ start, end, letter }) => ({ start, end, role: roleOf(letter) })),
    elsewhere: letters.filter(({ letter }) => letter === ELSEWHERE),
  };
}

/** The marks of every text of a set, by its id. */
function readMarks(set: string): Map<string, Told> {
  const lines = parse<MarkLine>(readFileSync(`${MARKS}/${set}.jsonl`, 'utf8'));
  const listed = (text = '') => text.split(', ').filter(Boolean);
  return new Map(
    lines.map(({ id, marks, elsewhere }) => [id, { marks: listed(marks).map(toMark), elsewhere: listed(elsewhere).map(toSpan) }]),
  );
}

function toMark(text: string): Mark {
  const [span = '', letter = ''] = text.split(' ');
  return { ...toSpan(span), role: roleOf(letter) };
}

function roleOf(letter: string): Role {
  const role = LETTERS[letter];
  if (!role) throw new Error(`no letter of a role: ${letter}`);
  return role;
}

function toSpan(text: string): Span {
  const [start, end] = text.split('-').map(Number);
  if (!(Number(start) < Number(end))) throw new Error(`no span: ${text}`);
  return { start: start as number, end: end as number };
}

/** What marked texts teach: rows with their roles, and sentences with whether they send the reader elsewhere. */
type Marked = { readonly rows: readonly InSet[]; readonly sentences: readonly InSet[] };

/** Every row of every marked text, as it is heard when the rows before it are read rightly, and every sentence. */
export function readMarked(shared: string, fixtures: string, rules: CompiledRules, inputs: Input[]): Marked {
  const all = readdirSync(MARKS)
    .sort()
    .map(file => readSet(file.replace('.jsonl', ''), shared, fixtures, rules, inputs));
  all.push(...readBoards().map(board => readBoard(board, rules, inputs)));
  return { rows: all.flatMap(({ rows }) => rows), sentences: [...all.flatMap(({ sentences }) => sentences), ...readAlone(rules, inputs)] };
}

/** Half of these sentences send elsewhere, of those of postings one in a hundred. */
const ALONE_SENDS = 0.5;

/** Sentences that were written to be told apart: each alone, as a posting holds it. */
function readAlone(rules: CompiledRules, inputs: Input[]): InSet[] {
  const content = readFileSync(ALONE, 'utf8');
  const lines = parse<{ text: string; sends: boolean }>(content);
  inputs.push({ name: 'elsewhere', rows: lines.length, hash: hashOf(content) });
  return lines.flatMap(({ text, sends }) => {
    const posting = readPosting({ title: '', text }, rules);
    const told = { marks: [], elsewhere: sends ? [{ start: 0, end: text.length }] : [] };
    return sentencesOf('elsewhere', posting, told).map(one => ({ ...one, weight: sends ? ALONE_SENDS : 1 }));
  });
}

function readSet(set: string, shared: string, fixtures: string, rules: CompiledRules, inputs: Input[]): Marked {
  const marks = readMarks(set);
  const content = readFileSync(textsOf(set, shared, fixtures), 'utf8');
  const lines = parse<AnyLine>(content).filter(({ id }) => marks.has(String(id)));
  inputs.push({ name: set, rows: lines.length, hash: hashOf(content, readFileSync(`${MARKS}/${set}.jsonl`)) });
  const texts = lines.map(line => ({
    line: { ...line, description: line.text ?? line.description },
    told: marks.get(String(line.id)) as Told,
  }));
  return readTexts(set, texts, rules);
}

function readBoard({ name, content, lines }: Board, rules: CompiledRules, inputs: Input[]): Marked {
  const marked = lines.filter(({ letters }) => letters.length > 0);
  inputs.push({ name, rows: marked.length, hash: hashOf(content) });
  return readTexts(
    name,
    marked.map(line => ({ line, told: toldBy(line.letters) })),
    rules,
  );
}

function readTexts(set: string, texts: readonly { readonly line: PostingLine; readonly told: Told }[], rules: CompiledRules): Marked {
  const rows: InSet[] = [];
  const sentences: InSet[] = [];
  for (const { line, told } of texts) {
    const posting = readPosting(toClassifierInput(line), rules);
    gather(
      posting,
      rightly(told.marks, (row, around, role) => {
        rows.push({ set, hearing: hearRow(row, around, new Notes()), label: ROLES.indexOf(role), weight: 1 });
      }),
    );
    sentences.push(...sentencesOf(set, posting, told));
  }
  return { rows, sentences };
}

/** A sentence that sends elsewhere is rare, and counts as so many others. */
const RARE = 6;

function sentencesOf(set: string, posting: PostingReading, { elsewhere }: Told): InSet[] {
  const { text } = posting.document;
  const hits = hitsOfSegments(posting.hits);
  return text.segments.map(segment => {
    const sends = elsewhere.some(({ start, end }) => start < segment.end && segment.start < end);
    return {
      set,
      hearing: hearSentence(text, segment, hits.get(segment) ?? [], new Notes()),
      label: sends ? 1 : 0,
      weight: sends ? RARE : 1,
    };
  });
}

/** Reads roles as the marks have them, and tells each; what has no mark is demanded and told to nobody. */
function rightly(
  marks: readonly Mark[],
  tell: (row: Parameters<RoleReader>[0], around: Parameters<RoleReader>[1], role: Role) => void = () => {},
): RoleReader {
  return (row, around) => {
    const { tokens } = row.statement.field;
    const roles = row.mentions.flatMap(({ first }) => {
      const { start } = tokens[first] ?? { start: -1 };
      return marks.find(mark => mark.start <= start && start < mark.end)?.role ?? [];
    });
    const [role] = roles;
    if (role !== undefined) tell(row, around, role);
    return { role: role ?? 'demanded', others: [] };
  };
}

/** What tells the roles of rows, and which sentences send elsewhere. */
type Learned = { readonly roles: Linear; readonly elsewhere: Linear };

/** Learns from marked texts what roles are, and which sentences send elsewhere. */
export function learnMarked({ rows, sentences }: Marked): Learned {
  return {
    roles: learnLinear(rows, { classes: ROLES.length, floor: 40, penalty: { facts: 0.0003, words: 0.00035 }, least: 4, most: 8000 }),
    elsewhere: learnLinear(sentences, {
      classes: SENDING.length,
      floor: 20,
      penalty: { facts: 0.0002, words: 0.0001 },
      least: 3,
      most: 2000,
    }),
  };
}

const FOLDS = 5;

/** What the marks of other sets teach, for every set: sets are left out by the fifth. */
export function learnedElsewhere({ rows, sentences }: Marked): (set: string) => Learned {
  const sets = [...new Set(rows.map(({ set }) => set))];
  const foldOf = new Map(sets.map((set, at) => [set, at % FOLDS]));
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const others = (from: readonly InSet[]) => from.filter(({ set }) => foldOf.get(set) !== fold);
    return learnMarked({ rows: others(rows), sentences: others(sentences) });
  });
  return set => folds[foldOf.get(set) ?? 0] as Learned;
}
