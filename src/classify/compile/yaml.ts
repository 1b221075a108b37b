import { load, YAMLException } from 'js-yaml';
import { type Document, isMap, LineCounter, type ParsedNode, parseDocument } from 'yaml';
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
  refuseCutPhrases(source);
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
  try {
    return { value: content.startsWith('{') ? JSON.parse(content) : load(content, { maxAliases: 0 }) };
  } catch (error) {
    if (error instanceof YAMLException || error instanceof SyntaxError) return null;
    throw error;
  }
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

/** A plain text of a list with a comment right behind it: # is a number in phrases, and what was meant as one would be lost silently. */
const CUT = /^ *- ((?!["'{[]|[\w-]+: )[^\s#][^\n#]*?)[ \t]+#/m;

function refuseCutPhrases({ file, content }: RuleSource): void {
  const cut = CUT.exec(content);
  if (!cut) return;
  const where = `${file} line ${content.slice(0, cut.index).split('\n').length}`;
  const advice = 'put the phrase in quotes, and comments on lines of their own';
  throw new OmbreError('E_RULE', `${where}: "${cut[1]}" is cut off: after a space YAML takes # for a comment; ${advice}`);
}

/** YAML that the library refuses while reading, as it is nested or multiplied without measure, is a mistake in the file. */
function reading<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new OmbreError('E_RULE', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
