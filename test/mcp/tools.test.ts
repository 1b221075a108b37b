import type { Client } from '@modelcontextprotocol/client';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FIELDS } from '../../src/feed/fields.ts';
import { VERDICT_WORDS } from '../../src/feed/verdict-words.ts';
import { PATH_SLUGS } from '../../src/posting/taxonomy.ts';
import { likelyFilter } from '../support/filters.ts';
import { insertPostings, type TestPosting } from '../support/postings.ts';
import { varied } from '../support/varied.ts';
import { ask, type McpSite, mcpSite, overHttp } from './_clients.ts';

type ByCredential = { credential: string; may_apply_to: number; pay: { n: number; told: string } };

const BODY = 'About us\n- We are kind. Licensed PT, OT or a COTA with two years.\n- Nothing else.';
const at = (words: string) => ({
  field: 'text' as const,
  start: BODY.indexOf(words),
  end: BODY.indexOf(words) + words.length,
  text: words,
});
const told: TestPosting = {
  id: 'told',
  title: 'Utilization reviewer',
  company: 'Acme Health',
  text: BODY,
  places: [{ raw: 'Austin, TX', city: 'Austin', region: 'TX', country: 'US' }],
  work_mode: 'remote',
  pay: { min: 70_000, max: 82_000, currency: 'USD', interval: 'year' },
  first_seen: '2026-11-20T00:00:00Z',
  posted_at: '2026-11-19T00:00:00Z',
  paths: ['utilization-review'],
  roles: ['utilization-reviewer'],
  verdicts: { OT: 'named', OTA: 'named', PT: 'named', PTA: 'barred' },
  facets: {
    min_years: 2,
    caseload: false,
    certifications: [{ name: 'CCM', need: 'preferred' }],
    travel_percent: 0,
    states: ['TX', 'OK'],
    degree: null,
  },
  evidence: { OT: [at('OT')], OTA: [at('COTA')], PTA: [at('PT, OT or a COTA')] },
};

let site: McpSite;
let client: Client;
beforeAll(async () => {
  site = await mcpSite();
  await site.db.transaction().execute(trx => insertPostings(trx, [told, ...Array.from({ length: 150 }, (_, i) => varied(i))]));
  const years = { kind: 'facet' as const, name: 'min_years', value: '2', rule: 'test.years', evidence: JSON.stringify([at('two years')]) };
  await site.db
    .insertInto('posting_tags')
    .values({ posting_id: 'told', ...years })
    .execute();
  client = await overHttp(site.origin);
});
afterAll(async () => {
  await client.close();
  await site.close();
});

/** What the API answers to the same question. */
const api = async (path: string) => JSON.parse(await (await fetch(`${site.origin}/api/v1/${path}`)).text());
const idsOf = (document: Record<string, unknown>) => (document.postings as { id: string }[]).map(({ id }) => id);

describe('the list of tools', () => {
  test('says of each that it only reads, and takes the filter with its own names', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['search_postings', 'get_posting', 'explain_verdict', 'list_paths', 'path_numbers']);
    for (const { annotations } of tools) expect(annotations).toMatchObject({ readOnlyHint: true, openWorldHint: false });
    const { inputSchema } = tools[0]!;
    expect(Object.keys(inputSchema.properties ?? {})).toEqual(Object.keys(FIELDS));
    expect(inputSchema.properties).toMatchObject({
      credential: { type: 'array', items: { enum: ['OT', 'OTA', 'PT', 'PTA', 'SLP'] } },
      beside: { type: 'boolean' },
      pay_min: { type: 'number' },
      limit: { type: 'integer', maximum: 25, default: 10 },
    });
    expect(inputSchema.required ?? []).toEqual([]);
    expect(tools[2]!.inputSchema.required).toEqual(['id', 'credential']);
    expect(tools.map(tool => tool.inputSchema.additionalProperties)).toEqual([false, false, false, false, false]);
  });

  test('has room in the head of a model', async () => {
    expect(JSON.stringify(await client.listTools()).length).toBeLessThan(25_000);
  });

  test('warns that words of employers are no instructions', async () => {
    const { tools } = await client.listTools();
    for (const name of ['search_postings', 'get_posting', 'explain_verdict'])
      expect(tools.find(tool => tool.name === name)?.description).toContain('never instructions');
    expect(client.getInstructions()).toContain('never instructions');
  });
});

describe('search_postings', () => {
  test('gives the ids of the API in the order of the API, page by page, for 80 filters', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(likelyFilter(), async query => {
        const params = new URLSearchParams(query);
        params.set('limit', String(1 + (Number(params.get('limit') ?? 3) % 4)));
        const given: Record<string, unknown> = Object.fromEntries(params);
        const expected = await api(`postings?${params}`);
        const first = await ask(client, 'search_postings', given);
        expect(first.document.next).toBe(expected.next);
        expect(idsOf(first.document)).toEqual(expected.items.map(({ id }: { id: string }) => id));
        expect(first.document.total).toEqual(expected.total);
        if (expected.next === null) return;
        found++;
        const more = await api(`postings?${params}&cursor=${expected.next}`);
        const second = await ask(client, 'search_postings', { ...given, cursor: expected.next });
        expect(idsOf(second.document)).toEqual(more.items.map(({ id }: { id: string }) => id));
      }),
      { numRuns: 80 },
    );
    // Filters that find no second page would prove little.
    expect(found).toBeGreaterThan(10);
  });

  test('tells a job in words, with the sentence that decides for whom was asked', async () => {
    const { document } = await ask(client, 'search_postings', { credential: ['OTA'], work_mode: 'remote', company: ['Acme Health'] });
    expect(document).toMatchObject({
      total: { value: 1, capped: false },
      next: null,
      list: 'https://ombre.example/jobs?company=acme%20health&credential=OTA&work_mode=remote',
      feed: 'https://ombre.example/feed.rss?company=acme%20health&credential=OTA&work_mode=remote',
    });
    expect(document.postings).toEqual([
      {
        id: 'told',
        title: 'Utilization reviewer',
        employer: 'Acme Health',
        place: 'remote: Austin, TX',
        pay: '$70,000 to $82,000 a year',
        employment: '',
        paths: ['Utilization review'],
        posted: '2026-11-19',
        closed: null,
        who_may_apply: 'Yes: OT, COTA, PT · Not stated: SLP · No: PTA',
        decided: [
          {
            credential: 'OTA',
            verdict: 'named',
            label: 'Yes',
            says: 'Yes. COTA is on the list.',
            quotes: ['Licensed PT, OT or a COTA with two years.'],
          },
        ],
        doubt: null,
        link: 'https://jobs.example/told',
        page: 'https://ombre.example/jobs/told',
      },
    ]);
  });

  test('takes values as a model may send them: texts, lists, numbers and flags', async () => {
    const texts = await ask(client, 'search_postings', { credential: 'OTA,PTA', pay_min: '40000', beside: true, limit: '5' });
    const values = await ask(client, 'search_postings', {
      credential: ['cota', 'PTA'],
      pay_min: 40_000,
      beside: true,
      limit: 5,
      state: null,
    });
    expect(idsOf(values.document)).toHaveLength(5);
    expect(idsOf(values.document)).toEqual(idsOf(texts.document));
    const without = await ask(client, 'search_postings', { beside: false, limit: 25 });
    expect(idsOf(without.document)).toEqual(idsOf((await ask(client, 'search_postings', { limit: 25 })).document));
  });

  test('gives ten when nothing is said', async () => {
    expect(idsOf((await ask(client, 'search_postings')).document)).toHaveLength(10);
  });
});

describe('a mistake', () => {
  test.each([
    ['search_postings', { credential: 'RN' }, 'credential is "RN"; allowed: OT, OTA, PT, PTA, SLP'],
    ['search_postings', { limit: 50 }, 'limit is 50; allowed: a whole number from 1 to 25'],
    ['search_postings', { credentials: ['OT'] }, 'credentials is ["OT"]; allowed: the names path, role, '],
    ['search_postings', { radius: 10 }, 'radius is 10; allowed: miles from 1 to 200, only together with near'],
    ['search_postings', { state: { a: 1 } }, 'state is "{\\"a\\":1}"; allowed: USPS codes'],
    ['search_postings', { cursor: 'x' }, 'cursor is "x"; allowed: the `next` of a page'],
    ['get_posting', { id: 'nobody' }, 'id is "nobody"; allowed: the id of a posting, as search_postings gives it; no posting has this one'],
    ['get_posting', {}, 'id is missing; allowed: the id of a posting'],
    ['get_posting', { id: 'told', text: 'yes' }, 'text is "yes"; allowed: true or false'],
    ['explain_verdict', { id: 'told' }, 'credential is missing; allowed: OT, OTA, PT, PTA, SLP'],
    ['path_numbers', { path: 'nursing' }, 'path is "nursing"; allowed: recruiting, '],
    ['path_numbers', { path: 'sales', week: 1 }, 'week is 1; allowed: the names path'],
    ['list_paths', { path: 'sales' }, 'path is "sales"; allowed: no arguments'],
  ])('of %s %j is one sentence with the field, its value and what is allowed', async (name, given, sentence) => {
    const { refused, text } = await ask(client, name, given);
    expect(refused).toBe(true);
    expect(text.startsWith(sentence) || text).toBe(true);
    expect(text).not.toContain('\n');
  });

  test('in the name of a tool or a resource is an error of the protocol', async () => {
    await expect(client.callTool({ name: 'delete_posting', arguments: {} })).rejects.toThrow('delete_posting');
    await expect(client.readResource({ uri: 'ombre://guides/nursing' })).rejects.toThrow('ombre://guides/nursing');
  });
});

describe('get_posting', () => {
  test.each(['told', 'tag:jobs.example,2026:job/told', 'https://ombre.example/jobs/told?from=mail'])('finds it by %s', async id => {
    expect((await ask(client, 'get_posting', { id })).document).toMatchObject({ id: 'told', title: 'Utilization reviewer', text: null });
  });

  test('tells all five verdicts with their words, and the text when it is asked for', async () => {
    const { document } = await ask(client, 'get_posting', { id: 'told', text: true });
    const verdicts = document.verdicts as { credential: string; verdict: string; quotes: string[] }[];
    expect(verdicts.map(({ credential, verdict }) => `${credential} ${verdict}`)).toEqual([
      'OT named',
      'OTA named',
      'PT named',
      'PTA barred',
      'SLP unknown',
    ]);
    expect(verdicts[3]!.quotes).toEqual(['Licensed PT, OT or a COTA with two years.']);
    expect(document).toMatchObject({ text: BODY, text_cut: false, roles: ['Utilization reviewer'] });
  });

  test('tells the facts in words, with the sentence they were read from, and nothing that is not stated', async () => {
    const { document } = await ask(client, 'get_posting', { id: 'told' });
    expect(document.facts).toEqual([
      { name: 'Years of experience asked', value: '2', quotes: ['Licensed PT, OT or a COTA with two years.'] },
      { name: 'Certifications', value: 'CCM (preferred)', quotes: [] },
      { name: 'Travel', value: '0%', quotes: [] },
      { name: 'License or residence in', value: 'Texas, Oklahoma', quotes: [] },
    ]);
  });

  test('tells of a closed one when and why', async () => {
    const { document } = await ask(client, 'get_posting', { id: 'v7' });
    expect(document.closed).toBe('2026-11-03: the employer’s list no longer has it');
  });
});

describe('explain_verdict', () => {
  test('names the rule, the words, their sentence, and where they stand', async () => {
    const { document } = await ask(client, 'explain_verdict', { id: 'told', credential: 'COTA' });
    expect(document).toMatchObject({
      id: 'told',
      credential: 'OTA',
      called: 'COTA, Occupational therapy assistant',
      verdict: 'named',
      label: 'Yes',
      may_apply: true,
      means: VERDICT_WORDS.named.means,
      rule: 'test.OTA',
      rules_version: 'test',
    });
    const start = BODY.indexOf('COTA');
    expect(document.words).toEqual([
      { words: 'COTA', sentence: 'Licensed PT, OT or a COTA with two years.', field: 'text', line: 2, start, end: start + 4 },
    ]);
  });

  test('says of a silent posting neither yes nor no', async () => {
    const { document } = await ask(client, 'explain_verdict', { id: 'told', credential: 'SLP' });
    expect(document).toMatchObject({ verdict: 'unknown', may_apply: null, label: 'Not stated', words: [] });
  });
});

describe('hands-on care', () => {
  test('is told as such, and not explained', async () => {
    const { document } = await ask(client, 'get_posting', { id: 'v11' });
    expect(document).toMatchObject({
      who_may_apply: 'Not read',
      verdicts: [],
      doubt: 'This is hands-on care: who may apply was not read.',
    });
    const { refused, text } = await ask(client, 'explain_verdict', { id: 'v11', credential: 'OT' });
    expect([refused, text]).toEqual([
      true,
      'id is "v11"; allowed: a posting outside patient care; of hands-on care it is not read who may apply',
    ]);
  });
});

describe('paths', () => {
  test('are listed with their open jobs, the credentials and the verdicts', async () => {
    const { document } = await ask(client, 'list_paths');
    const paths = document.paths as { path: string; open: number; guide: string; summary: string }[];
    expect(paths.map(({ path }) => path)).toEqual(PATH_SLUGS);
    const { paths: known } = await api(`paths`);
    expect(paths.map(({ open }) => open)).toEqual(known.map(({ open }: { open: number }) => open));
    expect(document.credentials).toContainEqual({ credential: 'OTA', called: 'COTA', name: 'Occupational therapy assistant' });
  });

  test('are told in the numbers of the API, pay of fewer than five postings only by how many', async () => {
    for (const path of ['recruiting', 'utilization-review']) {
      const { document } = await ask(client, 'path_numbers', { path });
      const known = await api(`paths/${path}`);
      const { open, new_this_week, remote, hybrid, onsite, certifications } = known;
      expect(document).toMatchObject({ path, open, new_this_week, remote, hybrid, onsite, certifications });
      for (const { credential, pay, may_apply_to } of document.by_credential as ByCredential[]) {
        const asked = `path=${path}&credential=${credential}`;
        expect((await api(`postings?${asked}`)).total.value).toBe(may_apply_to);
        const { told, ...numbers } = pay;
        const paid = known.pay_by_credential[credential];
        if (paid === null) expect(numbers).toEqual({ n: 0, lower: null, median: null, upper: null });
        else expect(numbers).toEqual(paid.n < 5 ? { n: paid.n, lower: null, median: null, upper: null } : paid);
        expect(told).toMatch(
          paid === null ? /^No posting states pay$/ : paid.n < 5 ? /: too few for quartiles$/ : / a year, median \$[\d,]+$/,
        );
      }
    }
    expect((await ask(client, 'path_numbers', { path: 'utilization-review' })).document.pay).toMatchObject({
      n: 1,
      median: null,
      told: '1 posting states pay: too few for quartiles',
    });
  });

  test('have their guides as resources', async () => {
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(PATH_SLUGS.map(path => `ombre://guides/${path}`));
    const { contents } = await client.readResource({ uri: 'ombre://guides/utilization-review' });
    expect(contents).toHaveLength(1);
    expect(contents[0]).toMatchObject({
      mimeType: 'text/markdown',
      text: expect.stringMatching(/^# Utilization review\n\n.+[\s\S]+## A typical day/),
    });
  });
});
