import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseQuery } from '../../src/feed/filter.ts';
import { feedPage, feedPosting, feedRevision } from '../../src/store/feed/postings.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { insertPostings, type TestPosting } from '../support/postings.ts';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

/** Ids a query finds among the postings of one board, so that every case has the table to itself. */
async function found(board: string, query: string): Promise<string[]> {
  const page = await feedPage(test.db, parseQuery(`source=${board}&${query}`));
  expect(page.total).toEqual({ value: page.items.length, capped: false });
  return page.items.map(item => item.id.slice(board.length + 1)).sort();
}

async function store(board: string, postings: Record<string, Partial<TestPosting>>): Promise<void> {
  await insertPostings(
    test.db,
    Object.entries(postings).map(([name, rest]) => ({ source: board, ...rest, id: `${board}-${name}` })),
  );
}

const place = (city: string | null, region: string | null) => ({ raw: `${city}, ${region}`, city, region, country: 'US' });
const pay = (min: number | null, max: number | null, interval: 'hour' | 'year' | 'visit', currency = 'USD') => ({
  min,
  max,
  interval,
  currency,
});

describe('what is shown', () => {
  it('leaves out clinical, closed, other and duplicate postings unless they are asked for', async () => {
    await store('shown', {
      open: {},
      clinical: { relevance: 'clinical' },
      other: { relevance: 'other' },
      closed: { closed_at: '2026-11-02T00:00:00Z' },
      twin: { duplicate_of: 'shown-open' },
    });
    expect(await found('shown', '')).toEqual(['open']);
    expect(await found('shown', 'include=clinical')).toEqual(['clinical', 'open']);
    expect(await found('shown', 'include=closed')).toEqual(['closed', 'open']);
    expect(await found('shown', 'include=closed,clinical')).toEqual(['clinical', 'closed', 'open']);
  });

  it('gives one posting with its text and tags, open or closed, and none that never belonged here', async () => {
    const evidence = [{ field: 'text' as const, start: 0, end: 4, text: 'COTA' }];
    await store('one', {
      closed: { text: 'COTA welcome', closed_at: '2026-11-02T00:00:00Z', verdicts: { OTA: 'named' }, evidence: { OTA: evidence } },
      other: { relevance: 'other' },
    });
    const posting = await feedPosting(test.db, 'one-closed');
    expect(posting).toMatchObject({
      text: 'COTA welcome',
      closed_reason: 'not_listed',
      verdicts: { OTA: { verdict: 'named', rule: 'test.OTA', evidence } },
    });
    expect(posting?.tags).toHaveLength(5);
    expect(await feedPosting(test.db, 'one-other')).toBeNull();
    expect(await feedPosting(test.db, 'nowhere')).toBeNull();
  });
});

describe('each field of the filter', () => {
  it('path and role: any of the values, both fields together', async () => {
    await store('paths', {
      both: { paths: ['sales', 'writing'], roles: ['copywriter'] },
      sales: { paths: ['sales'], roles: ['account-management'] },
      none: { paths: ['research'] },
    });
    expect(await found('paths', 'path=sales')).toEqual(['both', 'sales']);
    expect(await found('paths', 'path=writing,research')).toEqual(['both', 'none']);
    expect(await found('paths', 'path=sales&role=copywriter')).toEqual(['both']);
  });

  it('credential: may apply, unless verdicts are named; a verdict alone is of any credential', async () => {
    await store('cred', {
      named: { verdicts: { OTA: 'named', OT: 'barred' } },
      open: { verdicts: { OTA: 'open', OT: 'open' } },
      barred: { verdicts: { OTA: 'barred', OT: 'named' } },
      unknown: {},
    });
    expect(await found('cred', 'credential=OTA')).toEqual(['named', 'open']);
    expect(await found('cred', 'credential=OTA,OT')).toEqual(['barred', 'named', 'open']);
    expect(await found('cred', 'credential=OTA&verdict=barred,unknown')).toEqual(['barred', 'unknown']);
    expect(await found('cred', 'verdict=barred')).toEqual(['barred', 'named']);
  });

  it('q: stemmed words, phrases, exclusions, over title, employer and text', async () => {
    await store('text', {
      review: { title: 'Utilization Reviewer', text: 'Reviews prior authorizations. RN preferred.' },
      phrase: { title: 'Clinician', text: 'Prior authorization of therapy.' },
      apart: { title: 'Writer', text: 'Authorization prior to travel.', company: 'Quill House' },
    });
    expect(await found('text', 'q=authorizing')).toEqual(['apart', 'phrase', 'review']);
    expect(await found('text', 'q="prior authorization"')).toEqual(['phrase', 'review']);
    expect(await found('text', 'q="prior authorization" -RN')).toEqual(['phrase']);
    expect(await found('text', 'q=quill or reviewer')).toEqual(['apart', 'review']);
    expect(await found('text', `q=${encodeURIComponent(`'"(&|!:*\\`)}`)).toEqual([]);
  });

  it('state: a place there, or a remote job limited to it or to no state', async () => {
    await store('states', {
      dallas: { places: [place('Dallas', 'TX')], work_mode: 'onsite' },
      boise: { places: [place('Boise', 'ID')], work_mode: 'onsite' },
      'remote-tx-ca': { work_mode: 'remote', facets: { states: ['TX', 'CA'] } },
      'remote-ca': { work_mode: 'remote', facets: { states: ['CA'] } },
      'remote-anywhere': { work_mode: 'remote' },
      'remote-boise': { work_mode: 'remote', places: [place('Boise', 'ID')] },
      unsaid: {},
    });
    expect(await found('states', 'state=TX')).toEqual(['dallas', 'remote-anywhere', 'remote-tx-ca']);
    expect(await found('states', 'state=tx,id')).toEqual(['boise', 'dallas', 'remote-anywhere', 'remote-boise', 'remote-tx-ca']);
  });

  it('near: places within the miles, by ZIP code or by city', async () => {
    await store('near', {
      austin: { places: [place('Austin', 'TX')] },
      'round-rock': { places: [place('Denver', 'CO'), place('Round Rock', 'TX')] },
      dallas: { places: [place('Dallas', 'TX')] },
      'austin-mn': { places: [place('Austin', 'MN')] },
      texas: { places: [place(null, 'TX')] },
      'st-louis': { places: [place('St. Louis', 'MO')] },
    });
    expect(await found('near', 'near=78701&radius=30')).toEqual(['austin', 'round-rock']);
    expect(await found('near', 'near=Austin, TX&radius=5')).toEqual(['austin']);
    expect(await found('near', 'near=saint louis, mo')).toEqual(['st-louis']);
    expect(await found('near', 'near=austin, tx&radius=200')).toEqual(['austin', 'dallas', 'round-rock']);
  });

  it('pay_min: any interval, compared per year by the top of the range, US dollars only', async () => {
    await store('pay', {
      hourly: { pay: pay(25, 32, 'hour') },
      yearly: { pay: pay(58_000, null, 'year') },
      low: { pay: pay(20, 22, 'hour') },
      visit: { pay: pay(900, 1000, 'visit') },
      euros: { pay: pay(90_000, 99_000, 'year', 'EUR') },
      unsaid: {},
    });
    expect(await found('pay', 'pay_min=60000')).toEqual(['hourly']);
    expect(await found('pay', 'pay_min=27.5&pay_interval=hour')).toEqual(['hourly', 'yearly']);
    expect(await found('pay', 'pay_min=3000&pay_interval=month')).toEqual(['hourly', 'low', 'yearly']);
  });

  it('employment_type and beside: what fits beside a clinical job', async () => {
    await store('types', {
      full: { employment_types: ['full_time'] },
      either: { employment_types: ['full_time', 'part_time'] },
      diem: { employment_types: ['per_diem'] },
      unsaid: {},
    });
    expect(await found('types', 'employment_type=full_time')).toEqual(['either', 'full']);
    expect(await found('types', 'beside=1')).toEqual(['diem', 'either']);
  });

  it('max_years and max_lifting: asks no more, and silence asks nothing', async () => {
    await store('most', {
      two: { facets: { min_years: 2, lifting_pounds: 50 } },
      five: { facets: { min_years: 5, lifting_pounds: null } },
      unsaid: {},
    });
    expect(await found('most', 'max_years=2')).toEqual(['two', 'unsaid']);
    expect(await found('most', 'max_lifting=25')).toEqual(['five', 'unsaid']);
  });

  it('certifications: asked for, and not required', async () => {
    await store('certs', {
      atp: { facets: { certifications: [{ name: 'ATP', need: 'required' }] } },
      ccm: { facets: { certifications: [{ name: 'CCM', need: 'preferred' }] } },
      none: {},
    });
    expect(await found('certs', 'certification=atp,CCM')).toEqual(['atp', 'ccm']);
    expect(await found('certs', 'without_certification=ATP')).toEqual(['ccm', 'none']);
    expect(await found('certs', 'without_certification=CCM')).toEqual(['atp', 'ccm', 'none']);
    expect(await found('certs', 'without_certification=any')).toEqual(['ccm', 'none']);
  });

  it('patient_contact, company, since and posted_since', async () => {
    await store('rest', {
      old: {
        facets: { patient_contact: 'none' },
        company: 'Acme, Inc.',
        first_seen: '2026-01-02T03:04:05Z',
        posted_at: '2026-01-01T00:00:00Z',
      },
      new: { facets: { patient_contact: 'daily' }, company: 'Beta', first_seen: '2026-10-02T03:04:05Z' },
    });
    expect(await found('rest', 'patient_contact=none,some')).toEqual(['old']);
    expect(await found('rest', 'company=ACME%2C%20inc.')).toEqual(['old']);
    expect(await found('rest', 'since=2026-10-02')).toEqual(['new']);
    expect(await found('rest', 'since=5200w')).toEqual(['new', 'old']);
    expect(await found('rest', 'posted_since=2025-12-01')).toEqual(['old']);
  });
});

describe('pages', () => {
  it('shows each posting once while newer ones arrive, also where many share one moment', async () => {
    const names = Array.from({ length: 25 }, (_, i) => `p${String(i).padStart(2, '0')}`);
    // Moments that differ by a microsecond, and some that are the same.
    await store(
      'pages',
      Object.fromEntries(
        names.map((name, i) => [name, { first_seen: `2026-11-05T10:00:00.${String(100_000 + Math.floor(i / 3)).padStart(6, '0')}Z` }]),
      ),
    );
    const seen: string[] = [];
    let filter = parseQuery('source=pages&limit=4');
    for (let n = 0; n < 20; n++) {
      const page = await feedPage(test.db, filter);
      seen.push(...page.items.map(item => item.id));
      if (!page.next) break;
      await store('pages', { [`late${n}`]: { first_seen: '2026-11-06T00:00:00Z' } });
      filter = { ...filter, cursor: page.next };
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect([...seen].sort()).toEqual(names.map(name => `pages-${name}`));
  });

  it('counts up to 1,000 and says when there are more', async () => {
    await test.db.transaction().execute(async trx => {
      await insertPostings(
        trx,
        Array.from({ length: 1002 }, (_, i) => ({ id: `many-${i}`, source: 'many' })),
      );
    });
    expect((await feedPage(test.db, parseQuery('source=many&limit=1'))).total).toEqual({ value: 1000, capped: true });
  });
});

describe('the revision', () => {
  it('is that of the page, and changes with an item, a newcomer and a closing, not with a mere re-crawl', async () => {
    await store('rev', { a: {}, b: {} });
    const filter = parseQuery('source=rev');
    const now = async () => {
      const { revision } = await feedRevision(test.db, filter);
      expect((await feedPage(test.db, filter, {})).revision).toBe(revision);
      return revision;
    };
    const seen = [await now()];
    await test.db.updateTable('postings').set({ last_seen: new Date() }).where('id', '=', 'rev-a').execute();
    expect(await now()).toBe(seen[0]);
    await test.db.updateTable('postings').set({ updated_at: '2026-11-03T00:00:00Z' }).where('id', '=', 'rev-a').execute();
    seen.push(await now());
    await store('rev', { c: {} });
    seen.push(await now());
    await test.db.updateTable('postings').set({ closed_at: '2026-11-04T00:00:00Z' }).where('id', '=', 'rev-b').execute();
    seen.push(await now());
    expect(new Set(seen).size).toBe(4);
  });
});
