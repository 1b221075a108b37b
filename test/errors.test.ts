import { describe, expect, test } from 'vitest';
import { ERRORS, type ErrorCode, exitCode, messageOf, mistake, OmbreError } from '../src/errors.ts';
import { sourceFiles } from './support/rooms.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];

describe('the table of errors', () => {
  test('has codes of one shape, each with a sentence that says what happened', () => {
    for (const code of codes) {
      expect(code).toMatch(/^E_[A-Z]+(_[A-Z]+)*$/);
      expect(ERRORS[code].message, code).toMatch(/^[A-Za-z].*[^.!]$/);
    }
    expect(new Set(codes.map(code => ERRORS[code].message)).size).toBe(codes.length);
  });

  test('has no code that nothing uses', () => {
    const others = sourceFiles('src').filter(({ path }) => path !== 'src/errors.ts');
    const unused = codes.filter(name => !others.some(({ code }) => code.includes(`'${name}'`)));
    expect(unused).toEqual([]);
  });

  test.each([
    ['user', 2],
    ['down', 3],
    ['recycle', 4],
    ['retry', 1],
    ['cool_down', 1],
    ['gone', 1],
    ['operator', 1],
    ['bug', 1],
  ] as const)('ends a command with the exit code of the action %s', (action, code) => {
    const some = codes.filter(name => ERRORS[name].action === action);
    expect(some.length).toBeGreaterThan(0);
    for (const name of some) expect(exitCode(new OmbreError(name))).toBe(code);
  });
});

describe('an error', () => {
  test('says the sentence of its code and then the detail, and keeps its cause', () => {
    const cause = new Error('refused');
    const error = new OmbreError('E_NETWORK', 'jobs.example', { cause });
    expect(error).toMatchObject({ code: 'E_NETWORK', action: 'retry', cause, message: 'The host could not be reached: jobs.example' });
    expect(new OmbreError('E_GONE').message).toBe('It is not there any more');
  });

  test('that is a mistake names the field, the value and what is allowed', () => {
    expect(mistake('E_FILTER', 'credential', 'RN', 'OT, OTA, PT, PTA, SLP').message).toBe(
      'A filter has a value that is not allowed: credential is "RN"; allowed: OT, OTA, PT, PTA, SLP',
    );
    expect(mistake('E_INPUT', 'id', undefined, 'a text').message).toContain('id is missing;');
    expect(mistake('E_INPUT', 'text', 'x'.repeat(5000), 'less').message.length).toBeLessThan(300);
  });

  test('of another kind ends a command with 1, and anything thrown has a message', () => {
    expect(exitCode(new Error('other'))).toBe(1);
    expect(exitCode('text')).toBe(1);
    expect([messageOf(new Error('a')), messageOf('b'), messageOf(null)]).toEqual(['a', 'b', 'null']);
  });
});
