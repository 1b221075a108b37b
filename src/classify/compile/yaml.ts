import { constructFromEvents, EVENT_ID, type Event, parseEvents, SCALAR_STYLE, YAMLException } from 'js-yaml';
import { type Document, isMap, isSeq, LineCounter, type ParsedNode, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { messageOf, OmbreError } from '../../errors.ts';
import { mistakeAt } from '../schema/mistakes.ts';

/** A rule file by name and content. */
export type RuleSource = { readonly file: string; readonly content: string };

/** Names file, line and field of a path inside a file. */
type Where = (path: (string | number)[]) => string;

/**
 * Parses and checks one YAML file. Nearly every file is as it should be, so it is read by a parser that is four times as fast and tells little
 * of mistakes; what that one or the schema refuses is read again by the one that knows every line.
 */
export function readYaml<T>(source: RuleSource, schema: z.ZodType<T>): { value: T; where: Where } {
  const quick = readQuickly(source.content);
  const checked = quick && schema.safeParse(quick.value);
  if (!checked?.success) return readCarefully(source, schema);
  let where: Where | undefined;
  return {
    value: checked.data,
    where: path => {
      where ??= whereIn(source.file, parseCarefully(source));
      return where(path);
    },
  };
}

/** The value of a file, or null when there is something about it that the careful parser should tell. What tools write is JSON, which is YAML too. */
function readQuickly(content: string): { value: unknown } | null {
  if (content.startsWith('{')) return readJson(content);
  try {
    const events = parseEvents(content, {});
    if (hasCutPhrase(events, content)) return null;
    const documents = constructFromEvents(events, { source: content, maxAliases: 0 });
    return documents.length === 1 ? { value: documents[0] } : null;
  } catch (error) {
    if (error instanceof YAMLException) return null;
    throw error;
  }
}

function readJson(content: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(content) };
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

const COMMENT = /[ \t]+#/y;

/** Whether a comment stands right behind a plain text of a list. */
function hasCutPhrase(events: readonly Event[], content: string): boolean {
  const parents: Event['type'][] = [];
  for (const event of events) {
    if (event.type === EVENT_ID.POP) parents.pop();
    else if (event.type === EVENT_ID.SCALAR) {
      COMMENT.lastIndex = event.valueEnd;
      if (event.style === SCALAR_STYLE.PLAIN && parents.at(-1) === EVENT_ID.SEQUENCE && COMMENT.test(content)) return true;
    } else if (event.type !== EVENT_ID.ALIAS) parents.push(event.type);
  }
  return false;
}

type Parsed = { readonly document: Document.Parsed; readonly lines: LineCounter };

/** Throws E_RULE for the first mistake, with its line. */
function readCarefully<T>(source: RuleSource, schema: z.ZodType<T>): { value: T; where: Where } {
  const { file } = source;
  const parsed = parseCarefully(source);
  const where = whereIn(file, parsed);
  const checked = schema.safeParse(reading(file, () => parsed.document.toJS()));
  if (!checked.success) {
    const { path, sentence } = mistakeAt(checked.error.issues[0] as z.core.$ZodIssue);
    throw new OmbreError('E_RULE', `${where(path)} ${sentence}`);
  }
  return { value: checked.data, where };
}

function parseCarefully({ file, content }: RuleSource): Parsed {
  const lines = new LineCounter();
  const document = reading(file, () => parseDocument(content, { lineCounter: lines }));
  const broken = document.errors[0];
  if (broken) {
    const message = (broken.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:$/, '');
    throw new OmbreError('E_RULE', `${file} line ${lines.linePos(broken.pos[0]).line}: ${message}`);
  }
  const cut = phraseCutByComment(document);
  if (cut) {
    const where = `${file} line ${lines.linePos(cut.offset).line}`;
    const advice = 'put the phrase in quotes, and comments on lines of their own';
    throw new OmbreError('E_RULE', `${where}: "${cut.text}" is cut off: after a space YAML takes # for a comment; ${advice}`);
  }
  return { document, lines };
}

function whereIn(file: string, { document, lines }: Parsed): Where {
  return path => {
    let node: ParsedNode | undefined;
    for (let length = path.length; length >= 0 && !node; length--) {
      const found = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (found && typeof found === 'object' && 'range' in found) node = found as ParsedNode;
    }
    const offset = node?.range?.[0] ?? 0;
    const name = path.length > 0 ? path.join('.') : isMap(document.contents) ? 'the file' : 'the top';
    return `${file} line ${lines.linePos(offset).line}: ${name}`;
  };
}

/** The first text of a list with a comment right behind it: # is a number in phrases, and what was meant as one would be lost silently. */
function phraseCutByComment(document: Document.Parsed): { text: string; offset: number } | null {
  let cut: { text: string; offset: number } | null = null;
  visit(document, {
    Scalar(_, node, path) {
      if (node.type !== 'PLAIN' || !node.comment || !isSeq(path.at(-1))) return undefined;
      cut = { text: String(node.value), offset: node.range?.[0] ?? 0 };
      return visit.BREAK;
    },
  });
  return cut;
}

/** YAML that the library refuses while reading, as it is nested or multiplied without measure, is a mistake in the file. */
function reading<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new OmbreError('E_RULE', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
