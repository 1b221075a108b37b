import type { z } from 'zod';

// The sentences that tell the author of a rule what is wrong: the loader puts file, line and field before them.

type Told = { error: z.core.$ZodErrorMap };

/** For a field: the value that stands there and what is allowed. */
export function said(allowed: string): Told {
  return { error: ({ input }) => notAllowed(input, allowed) };
}

/** For an object: the same, and for a field it does not have, the fields it does. */
export function saidOfFields(what: string, fields: readonly string[]): Told {
  const known = fields.join(', ');
  return {
    error: issue =>
      issue.code === 'unrecognized_keys' ? `is no field of ${what}; allowed: ${known}` : notAllowed(issue.input, `${what}: ${known}`),
  };
}

/** `is "magic"; allowed: management, sales`, or `is missing; allowed: …`. `more` is a clause about the value. */
export function notAllowed(value: unknown, allowed: string, more = ''): string {
  return `is ${value === undefined ? 'missing' : shown(value)}${more}; allowed: ${allowed}`;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** Where an issue stands, and its sentence. A field that is not known is told at itself, not at what holds it. */
export function mistakeAt(issue: z.core.$ZodIssue): { path: (string | number)[]; sentence: string } {
  const path = issue.path.map(part => (typeof part === 'number' ? part : String(part)));
  return { path: issue.code === 'unrecognized_keys' ? [...path, issue.keys[0] ?? ''] : path, sentence: issue.message };
}
