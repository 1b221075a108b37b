import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toText } from '../src/posting/html.ts';
import { ANNOUNCED, FORMS, type Form, hearLine, type Line } from '../src/text/announcement.ts';
import { type Field, readDocument } from '../src/text/document.ts';
import { lex } from '../src/text/lexer.ts';
import { READING_WORDS, type Section } from '../src/text/reading-words.ts';
import { hashOf, type Input, withoutKept } from './data.ts';
import { parse } from './json-lines.ts';
import type { Heard } from './linear.ts';

/** A line with what it announces, and the set it stands in. */
export type Announcing = Heard & { readonly set: string; readonly text: string };

/** Whether a line comes from the list of headings, and not from a posting. */
export const isListed = ({ set }: Announcing): boolean => set === LIST;
/** Whether it was met in a posting or a text of requirements, and not written alone. */
export const isMet = (line: Announcing): boolean => !isListed(line) && !line.set.endsWith('.tsv');

type Announced = (typeof ANNOUNCED)[number];
type Written = { readonly id: string; readonly description?: string; readonly text?: string };

const LIST = 'listed';
const LABELS = fileURLToPath(new URL('labels/headings.tsv', import.meta.url));
const WRITTEN = fileURLToPath(new URL('headings', import.meta.url));
const CORPUS = fileURLToPath(new URL('corpus', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('requirements', import.meta.url));
/** A listed heading says less than one that was met. */
const LISTED = 0.5;
/** An item whose bullet is lost is rarer than a heading. */
const UNMARKED = 0.12;
/** A heading has no more words. */
const LONGEST = 12;
const NOTHING = ANNOUNCED.indexOf('nothing');

/** The lines of all sets that announce something, or look like it: those of `labels/headings.tsv` and the headings that are listed. */
export function readAnnouncing(shared: string, fixtures: string): { lines: Announcing[]; inputs: Input[] } {
  const content = readFileSync(LABELS, 'utf8');
  const labels = new Map(parseLabels(content));
  const inputs: Input[] = [{ name: 'headings', rows: labels.size, hash: hashOf(content) }];
  const lines = filesOf(shared, fixtures).flatMap(([set, file]) =>
    linesOf(set, withoutKept(set, parse<Written>(readFileSync(file, 'utf8'))), labels),
  );
  const own = readdirSync(WRITTEN)
    .sort()
    .flatMap(name => {
      const rows = written(name, readFileSync(`${WRITTEN}/${name}`, 'utf8'));
      inputs.push({ name, rows: rows.length, hash: hashOf(readFileSync(`${WRITTEN}/${name}`)) });
      return rows;
    });
  return { lines: [...once(lines), ...own, ...listed()], inputs };
}

const parseLabels = (content: string): [string, Announced][] =>
  content
    .trimEnd()
    .split('\n')
    .map(line => line.split('\t') as [string, Announced]);

function filesOf(shared: string, fixtures: string): [set: string, file: string][] {
  const under = (folder: string) => readdirSync(folder).sort();
  return [
    ...['dev', 'dev-2', 'dev-uk', 'real'].map((name): [string, string] => [name, `${shared}/postings/${name}.jsonl`]),
    ...under(`${fixtures}/waves`).map((name): [string, string] => [`wave-${name}`, `${fixtures}/waves/${name}/postings.jsonl`]),
    ...under(CORPUS).map((name): [string, string] => [name, `${CORPUS}/${name}`]),
    ...under(REQUIREMENTS).map((name): [string, string] => [name, `${REQUIREMENTS}/${name}`]),
  ];
}

/** The labelled lines of postings, each as the reader of texts meets it; what they announce is told to it. */
function linesOf(set: string, postings: readonly Written[], labels: ReadonlyMap<string, Announced>): Announcing[] {
  const found: Announcing[] = [];
  const announce = (line: Line): Section | null => {
    const text = wordsOf(line);
    const announced = labels.get(createHash('sha256').update(text).digest('hex').slice(0, 16));
    if (!announced) return null;
    found.push({ hearing: hearLine(line), label: ANNOUNCED.indexOf(announced), weight: 1, set, text });
    return announced === 'nothing' ? null : announced;
  };
  for (const { description, text: written } of postings) {
    const { text } = readDocument({ title: '', text: written ?? toText(description ?? '') }, announce);
    found.push(
      ...unmarkedItems(text).map(line => ({ hearing: hearLine(line), label: NOTHING, weight: UNMARKED, set, text: wordsOf(line) })),
    );
  }
  return found;
}

/** The first items of lists, as if their bullets were lost: they announce nothing. */
function unmarkedItems({ tokens, segments }: Field): Line[] {
  return segments.flatMap(({ kind, first, last, section }, at): Line[] => {
    const [before, next] = [segments[at - 1], segments[at + 1]];
    const opens = kind === 'item' && before?.kind !== 'item' && next?.kind === 'item' && last - first <= LONGEST;
    return opens ? [{ tokens, first, last, form: 'list', after: section, under: before?.kind === 'heading' }] : [];
  });
}

const wordsOf = ({ tokens, first, last }: Line): string =>
  tokens
    .slice(first, last)
    .map(({ word }) => word)
    .join(' ');

/** A line that is met often weighs like one that is met once. */
function once(lines: readonly Announcing[]): Announcing[] {
  const met = Map.groupBy(lines, ({ text }) => text);
  return lines.map(line => ({ ...line, weight: line.weight / (met.get(line.text)?.length ?? 1) }));
}

/** Headings written to be learned from, each with its first words behind it: what it announces, its form, itself, and those words between tabs. */
function written(name: string, content: string): Announcing[] {
  return content
    .trimEnd()
    .split('\n')
    .map((row): Announcing => {
      const [announced = '', form = '', heading = '', next = ''] = row.split('\t');
      const { tokens } = lex(`${heading}${form === 'list' ? '\n- ' : '\n'}${next}`);
      const last = lex(heading).tokens.length;
      const hearing = hearLine({ tokens, first: 0, last, form: form as Form, after: null, under: false });
      return { hearing, label: ANNOUNCED.indexOf(announced as Announced), weight: 1, set: name, text: `${name} ${heading}` };
    });
}

/** The headings that are listed, over a list and by themselves. */
function listed(): Announcing[] {
  return Object.entries(READING_WORDS.headings).flatMap(([section, phrases]) =>
    phrases.flatMap(text =>
      FORMS.map((form): Announcing => {
        const { tokens } = lex(text);
        const hearing = hearLine({ tokens, first: 0, last: tokens.length, form, after: null, under: false });
        return { hearing, label: ANNOUNCED.indexOf(section as Section), weight: LISTED / FORMS.length, set: LIST, text };
      }),
    ),
  );
}
