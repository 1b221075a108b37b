import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { classify } from '../../src/classify/classify.ts';
import { highlight } from '../../src/cli/classify.ts';
import { CREDENTIALS } from '../../src/posting/taxonomy.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs the command with the lines on standard input. */
function ombre(args: string[], lines: readonly unknown[] = []): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stdout.on('data', chunk => {
      out += chunk;
    });
    child.stderr.on('data', chunk => {
      err += chunk;
    });
    child.on('error', reject);
    child.on('close', code => resolve({ code, out, err }));
    child.stdin.end(lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  });
}

const REVIEWER = { id: 'a', title: 'Utilization Reviewer', description: '<h3>Requirements</h3><ul><li>PT or COTA license</li></ul>' };
const COOK = { id: 'b', title: 'Line Cook', description: 'Cook &amp; clean.' };

describe('ombre classify', () => {
  it('writes one JSON document a line in the order of the input, and nothing else', async () => {
    const { code, out } = await ombre(['classify', '-', '--json'], [REVIEWER, COOK]);
    const rows = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(rows.map(row => [row.id, row.relevance])).toEqual([
      ['a', 'nonclinical'],
      ['b', 'other'],
    ]);
    expect(rows[0]).toMatchObject({
      paths: [{ path: 'utilization-review', role: 'utilization-reviewer' }],
      verdicts: {
        PT: { verdict: 'named' },
        OTA: { verdict: 'named', evidence: [{ field: 'text', text: 'COTA' }] },
        SLP: { verdict: 'barred' },
      },
      facets: { work_mode: null, pay: null },
      rules_version: expect.stringMatching(/^\d+-[0-9a-f]{16}$/),
    });
    expect(Object.keys(rows[0]?.verdicts as object)).toEqual([...CREDENTIALS]);
    expect(rows[1]).toMatchObject({ paths: [], verdicts: null });
  });

  it('shows the deciding words in the posting', async () => {
    const { code, out } = await ombre(['classify', '-', '--explain'], [REVIEWER]);
    expect(code).toBe(0);
    expect(out).toContain('«Utilization Reviewer»');
    expect(out).toContain('«PT» or «COTA» license');
    expect(out).toMatch(/OTA +named +\d\.\d\d +named:credential\.ota\.person +"COTA"/);
  });

  it.each([
    ['a line that is no JSON', ['{'], /line 1 is no JSON/],
    ['a line without a title', [COOK, { id: 'x' }], /line 2: title is missing/],
  ])('names file and line of %s and exits 2', async (_, lines, message) => {
    const { code, err } = await ombre(['classify', '-', '--json'], lines);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});

describe('ombre eval', () => {
  it('says which file it cannot read', async () => {
    const { code, err } = await ombre(['eval', '--postings', 'nowhere.jsonl', '--labels', 'nowhere.jsonl', '--json']);
    expect(code).toBe(2);
    expect(err).toContain('nowhere.jsonl');
  });
});

describe('highlighting', () => {
  it('marks every span once, nested ones inside the outer', () => {
    const { verdicts } = classify({ title: 'Utilization Reviewer', text: 'Requirements\n- PT or PTA license' });
    const evidence = Object.values(verdicts ?? {}).flatMap(verdict => verdict.evidence);
    expect(highlight('Requirements\n- PT or PTA license', 'text', evidence)).toBe('Requirements\n- «PT» or «PTA» license');
  });
});
