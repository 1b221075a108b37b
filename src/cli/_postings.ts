import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ClassifierInput } from '../classify/classification.ts';
import { messageOf, mistake, OmbreError } from '../errors.ts';
import { decodeEntities, decodeUntilMarkup, looksLikeHtml, toText } from '../posting/html.ts';
import { EMPLOYMENT_TYPES, PAY_INTERVALS, WORK_MODES } from '../posting/posting.ts';
import { EMPLOYER_DOMAINS } from '../posting/taxonomy.ts';

const text = z.string().nullish();
const number = z.number().nullable();
const posting = z.looseObject({
  id: z.union([z.string(), z.number()]),
  title: z.string(),
  description: text,
  company: text,
  location: text,
  department: text,
  /** The employer's field, as the registry says it. */
  domain: z.enum(EMPLOYER_DOMAINS).nullish(),
  truncated: z.boolean().nullish(),
  /** What the board said in fields of its own. */
  stated: z
    .object({
      work_mode: z.enum(WORK_MODES).nullish(),
      pay: z.object({ min: number, max: number, currency: z.string(), interval: z.enum(PAY_INTERVALS) }).nullish(),
      employment_types: z.array(z.enum(EMPLOYMENT_TYPES)).nullish(),
    })
    .nullish(),
});
export type PostingLine = z.infer<typeof posting>;

/** One parsed line of a JSON Lines file with its number; a file name of `-` reads standard input. Throws E_INPUT naming file and line. */
export async function* readJsonLines<T>(file: string, schema: z.ZodType<T>): AsyncGenerator<T> {
  const stream = file === '-' ? process.stdin : createReadStream(file, 'utf8');
  let number = 0;
  try {
    for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() !== '') yield parseLine(line, `${file} line ${number}`, schema);
    }
  } catch (error) {
    if (error instanceof OmbreError) throw error;
    throw new OmbreError('E_INPUT', `${file}: ${messageOf(error)}`, { cause: error });
  }
}

function parseLine<T>(line: string, where: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new OmbreError('E_INPUT', `${where} is no JSON: ${messageOf(error)}`, { cause: error });
  }
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw mistake(
    'E_INPUT',
    `${where}: ${issue?.path.join('.') || 'the line'}`,
    issue?.path.length ? valueAt(value, issue.path) : value,
    issue?.message ?? 'another shape',
  );
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (found, key) => (found && typeof found === 'object' ? (found as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

/** The postings of a JSON Lines file, one after the other. */
export function readPostings(file: string): AsyncGenerator<PostingLine> {
  return readJsonLines(file, posting);
}

/** What the classifier reads of one line; a description may be html, escaped html or plain text. */
export function toClassifierInput(line: PostingLine): ClassifierInput {
  return {
    title: line.title,
    text: plainText(line.description ?? ''),
    company: line.company ?? null,
    location: line.location ?? null,
    department: line.department ?? null,
    domain: line.domain ?? null,
    truncated: line.truncated ?? false,
    ...(line.stated ? { stated: statedOf(line.stated) } : {}),
  };
}

function statedOf({ work_mode, pay, employment_types }: NonNullable<PostingLine['stated']>): ClassifierInput['stated'] {
  return { workMode: work_mode ?? null, pay: pay ?? null, employmentTypes: employment_types ?? [] };
}

function plainText(description: string): string {
  const decoded = decodeUntilMarkup(description);
  return looksLikeHtml(decoded) ? toText(decoded) : decodeEntities(description);
}
