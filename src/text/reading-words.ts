import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

/** What a part of a posting speaks about. `other`: nobody can tell. */
export const SECTIONS = ['summary', 'duties', 'requirements', 'preferred', 'benefits', 'about', 'eeo', 'pay', 'other'] as const;
export type Section = (typeof SECTIONS)[number];

const words = z.array(z.string().min(1)).min(1);
const bySection = z.partialRecord(z.enum(SECTIONS), words);
const schema = z.strictObject({
  headings: bySection,
  sentence_cues: bySection,
  seams: z.strictObject({
    opens: words,
    starts: words,
    may_open: words,
    ends_nothing: words,
    inside_names: words,
    names: words,
    proper: words,
    units: words,
    need_colon: words,
    alone: words,
    spans: words,
  }),
  abbreviations: words,
  abbreviations_of_numbers: words,
  keeps_s: words,
  spellings: z.record(z.string(), z.string()),
});

const content = readFileSync(new URL('./reading.yaml', import.meta.url), 'utf8');

/** How English is written and postings are laid out. Part of the program, unlike rules: a folder of other rules keeps it. */
export const READING_WORDS: z.infer<typeof schema> = schema.parse(parse(content));

/** One hash of it, for the version that stamps what was classified. */
export const READING_HASH: string = createHash('sha256').update(content).digest('hex');
